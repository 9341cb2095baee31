package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ForwardingMap;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @ValueSource(strings = {"--help", "-h"})
  void listsTheCommands(String option) {
    assertThat(run(option)).isZero();
    assertThat(out.toString()).contains("demo", "s3", "worker", "starter", "COMMAND --help");
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "demo, --orders",
    "s3, --port",
    "s3, S3_BUCKET",
    "worker, TEMPORAL_ADDRESS",
    "worker, S3_ENDPOINT",
    "worker, --storage",
    "starter, STORAGE",
    "codec-server, file:",
    "starter, --orders",
    "starter, TEMPORAL_NAMESPACE",
    "starter, AWS_SECRET_ACCESS_KEY",
  })
  void explainsACommand(String command, String setting) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: examples " + command + " ").contains(setting);
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "serve, Unknown command: 'serve'",
        "demo now, Unknown argument: 'now'",
        "worker --orders 1, Unknown option: '--orders'",
        "--port 1, Unknown option: '--port'",
        "starter --orders, Missing required parameter for option '--orders' (N)",
        "demo --orders ten,"
            + " Invalid value for option '--orders': 'ten' is not a whole number from 1 to 5000",
        "--orders 0,"
            + " Invalid value for option '--orders': '0' is not a whole number from 1 to 5000",
        "starter --orders 5001,"
            + " Invalid value for option '--orders': '5001' is not a whole number from 1 to 5000",
        "s3 --port 65536,"
            + " Invalid value for option '--port': '65536' is not a whole number from 0 to 65535",
        "s3 --port -1,"
            + " Invalid value for option '--port': '-1' is not a whole number from 0 to 65535",
        "worker --storage gcs,"
            + " Invalid value for option '--storage': 'gcs' is neither 's3' nor a directory such as 'file:/tmp/payloads'",
      })
  void reportsAUsageErrorInOneLine(String arguments, String message) {
    assertThat(run(arguments.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isEqualTo(message + " (see --help)%n".formatted());
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "s3, S3_ENDPOINT is 'here'",
        "worker, Invalid Temporal settings",
        "starter, Invalid Temporal settings"
      })
  void failsInOneLine(String command, String message) {
    assertThat(run(command)).isEqualTo(1);
    assertThat(err.toString()).startsWith(message).hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void reportsAnErrorLikeAFailure() {
    Map<String, String> broken =
        new ForwardingMap<>() {
          @Override
          protected Map<String, String> delegate() {
            throw new NoClassDefFoundError("missing/Library");
          }
        };
    int exitCode = Main.run(broken, new PrintWriter(out, true), new PrintWriter(err, true), "s3");
    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString()).startsWith("java.lang.NoClassDefFoundError: missing/Library");
    assertThat(out.toString()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"codec-server, CODEC_SERVER_PORT", "s3, S3_ENDPOINT"})
  void namesTheVariableThatIsInvalid(String command, String variable) {
    try (LocalS3 s3 = LocalS3.start(0, "temporal-payloads")) {
      Map<String, String> environment = new HashMap<>();
      environment.put("S3_ENDPOINT", s3.endpoint().toString());
      environment.put(variable, "eighty");
      int exitCode =
          Main.run(environment, new PrintWriter(out, true), new PrintWriter(err, true), command);
      assertThat(exitCode).isEqualTo(1);
      assertThat(err.toString()).contains(variable, "'eighty'").hasLineCount(1);
      assertThat(out.toString()).isEmpty();
    }
  }

  private int run(String... arguments) {
    return Main.run(
        Map.of(
            "S3_ENDPOINT", "here",
            "TEMPORAL_CONFIG_FILE", "no-such-file",
            "TEMPORAL_PROFILE", "no-such-profile"),
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        arguments);
  }
}
