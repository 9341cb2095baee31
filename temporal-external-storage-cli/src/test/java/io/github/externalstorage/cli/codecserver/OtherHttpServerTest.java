package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
import io.github.externalstorage.fixtures.JavaProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With Jetty on the class path, as here, a JVM has another HTTP server than that of the JDK. The
 * JVM of the tests is set up not to.
 */
final class OtherHttpServerTest {

  @Test
  void isRejectedByTheServerToEmbed(@TempDir Path folder) throws Exception {
    try (JavaProcess process =
        JavaProcess.start(folder, Map.of(), OtherHttpServerTest.class.getName())) {
      assertThat(process.output())
          .startsWith("Rejected: ")
          .contains("JettyHttpServerProvider", "DefaultHttpServerProvider");
    }
  }

  /** Starts the server to embed. */
  public static void main(String[] args) throws IOException {
    try (CodecServer server =
        CodecServer.newBuilder(CodecHandler.newBuilder().build()).setPort(0).start()) {
      System.out.println("Started on port " + server.getPort());
    } catch (IllegalStateException e) {
      System.out.println("Rejected: " + e.getMessage());
    }
  }
}
