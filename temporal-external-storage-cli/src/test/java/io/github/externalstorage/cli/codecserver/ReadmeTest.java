package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.Compiler;
import io.github.externalstorage.fixtures.JavaProcess;
import io.github.externalstorage.fixtures.TestCertificate;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration and the code in the README work. */
final class ReadmeTest {

  @TempDir private Path folder;

  @Test
  void theCompleteConfigurationIsRight() throws Exception {
    Files.createDirectory(folder.resolve("tls"));
    TestCertificate.make(folder, "EC")
        .write(folder.resolve("tls/tls.crt"), folder.resolve("tls/tls.key"));
    Path file =
        Files.writeString(
            folder.resolve("config.yaml"), blockAfter("<!-- A test loads this. -->", "yaml"));

    try (CodecServerProgram program = new CodecServerProgram(file, Map.of())) {
      assertThat(program.config().namespaces().describe())
          .isEqualTo("billing, local, orders, reports, all that match [a-z0-9][a-z0-9.-]*");
      assertThat(program.config().authenticator()).isPresent();
      assertThat(program.config().metrics()).map(Object::toString).contains("/127.0.0.1:9464");
    }
  }

  @Test
  void theMainServes() throws Exception {
    Compiler.compile(
        folder, "OrdersCodecServer", blockAfter("<!-- A test compiles and runs this. -->", "java"));
    try (TestS3 s3 = new TestS3("orders-payloads");
        JavaProcess process =
            JavaProcess.start(
                folder,
                Map.of("AWS_ENDPOINT_URL_S3", s3.endpoint()),
                // Without the program, Jetty does not replace the JDK's server.
                "-Dcom.sun.net.httpserver.HttpServerProvider="
                    + "sun.net.httpserver.DefaultHttpServerProvider",
                "-Dport=0",
                "OrdersCodecServer")) {
      String line = process.awaitLine("Codec server listens on port ");
      CodecClient client =
          new CodecClient(
              URI.create("http://127.0.0.1:" + line.substring(line.lastIndexOf(' ') + 1)));
      Payload payload = TestPayloads.ofLetters(600_000, 1);

      Payload reference = client.post("/encode", "orders", payload);

      assertThat(TestPayloads.claimData(reference)).containsEntry("bucket", "orders-payloads");
      assertThat(client.post("/decode", "orders", reference)).isEqualTo(payload);
    }
  }

  private static String blockAfter(String marker, String language) throws IOException {
    Matcher block =
        Pattern.compile(Pattern.quote(marker) + "\\s+```" + language + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of("README.md")));
    assertThat(block.find()).as(marker).isTrue();
    return block.group(1);
  }
}
