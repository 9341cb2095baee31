package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * 20 payloads in a JVM with 128 MiB, with the storage's defaults: of 20 MiB one at a time, and of
 * 12 MiB with 4 concurrent callers.
 */
@Timeout(300)
final class SmallHeapTest {

  @TempDir private Path objects;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    threads.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({"plain, 1, 20", "tuned, 1, 20", "plain, 4, 12", "tuned, 4, 12"})
  void isEnough(String client, String atOnce, String mebibytes) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                SmallHeapProgram.class.getName(),
                "http://127.0.0.1:" + server.getAddress().getPort(),
                client,
                atOnce,
                mebibytes)
            .redirectErrorStream(true)
            .start();
    try (InputStream printed = program.getInputStream()) {
      String output = new String(printed.readAllBytes(), StandardCharsets.UTF_8);

      assertThat(output).endsWith("20 of 20" + System.lineSeparator());
      assertThat(program.waitFor()).isZero();
    } finally {
      program.destroyForcibly();
    }
  }

  /** Objects are stored in files, so that this JVM needs no memory for them. */
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Path object = objects.resolve(Path.of(exchange.getRequestURI().getPath()).getFileName());
      if (exchange.getRequestMethod().equals("PUT")) {
        Files.copy(exchange.getRequestBody(), object);
        exchange.sendResponseHeaders(200, -1);
      } else {
        exchange.sendResponseHeaders(200, Files.size(object));
        Files.copy(object, exchange.getResponseBody());
      }
    }
  }
}
