package io.github.externalstorage.codec.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A server with the default limits, in a JVM of its own that has little memory. */
final class AttackedServer implements AutoCloseable {

  private final Process process;
  private final int port;

  private AttackedServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static AttackedServer start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                AttackedServer.class.getName())
            .redirectError(Redirect.INHERIT)
            .start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return new AttackedServer(process, Integer.parseInt(out.readLine()));
  }

  int port() {
    return port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Runs until its input ends. */
  public static void main(String[] args) throws IOException {
    try (CodecServer server = Wiring.start(Wiring.handler(Wiring.codec(new LargeObjects())))) {
      System.out.println(server.getPort());
      while (System.in.read() >= 0) {}
    }
  }
}
