package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.Compiler;
import io.github.externalstorage.fixtures.JavaProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
final class StartScriptTest {

  /** The exit status of the JVM with -XX:+ExitOnOutOfMemoryError, and that of the program. */
  private static final int FATAL = 3;

  @TempDir private Path folder;

  @Test
  void startsTheProgramThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), StartScript.PATH);
    try (JavaProcess process = StartScript.run(folder, link, Map.of(), "--version")) {
      assertThat(process.output()).startsWith("temporal-external-storage ");
      assertThat(process.exitCode()).isZero();
      assertThat(process.errors()).isEmpty();
    }
  }

  @Test
  void passesArgumentsAndExitCodesOn() throws Exception {
    try (JavaProcess process =
        StartScript.run(folder, StartScript.PATH, Map.of(), "codec-server", "no such file")) {
      assertThat(process.exitCode()).isEqualTo(1);
      assertThat(process.errors())
          .containsExactly("no such file: can't be read: there is no such file");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "byte[][] all = new byte[1 << 20][]; for (int i = 0; ; i++) all[i] = new byte[1 << 20];",
        "throw new OutOfMemoryError(\"unable to create native thread\");",
        "throw new InternalError();",
      })
  void theProcessEndsWhenTheJvmFails(String failure) throws Exception {
    Compiler.compile(folder, "FailingCodec", codec(failure));
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            "namespaces: {orders: {bucket: b-1, codecs: FailingCodec}}");
    try (JavaProcess process =
        StartScript.run(
            folder,
            StartScript.PATH,
            Map.of("CODEC_SERVER_PORT", "0", "JAVA_OPTS", "-Xmx96m"),
            "codec-server",
            config.toString())) {
      CodecClient client = client(process);
      CompletableFuture<Void> unused =
          CompletableFuture.runAsync(
              () ->
                  client.post(
                      "/decode", "{\"payloads\":[{\"data\":\"MQ==\"}]}", "X-Namespace", "orders"));

      assertThat(process.exitCode()).isEqualTo(FATAL);
    }
  }

  static CodecClient client(JavaProcess process) throws IOException {
    String line = process.awaitLine("Codec server");
    return new CodecClient(URI.create(line.substring(line.indexOf("http"))));
  }

  private static String codec(String decoding) {
    return """
    import io.temporal.api.common.v1.Payload;
    import io.temporal.payload.codec.PayloadCodec;
    import java.util.List;

    public class FailingCodec implements PayloadCodec {
      public List<Payload> encode(List<Payload> payloads) {
        return payloads;
      }

      public List<Payload> decode(List<Payload> payloads) {
        %s
      }
    }
    """
        .formatted(decoding);
  }
}
