package io.github.externalstorage.benchmarks.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Supplier;

/** The two directions of a connection, each on a thread of its own. */
final class Relay {

  private static final int CHUNK = 64 * 1024;

  private Relay() {}

  /** Runs on a new thread, until the connection ends on either side. */
  static void start(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (SocketException e) {
                // Closed by the other side or the other direction: the usual end.
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  static void requests(Socket client, Socket server, Traffic traffic, Supplier<Duration> delay)
      throws IOException {
    RequestCounter requests = new RequestCounter(traffic);
    DelayLine line = new DelayLine(server.getOutputStream());
    start(line::run);
    try (client) {
      InputStream in = client.getInputStream();
      byte[] chunk = new byte[CHUNK];
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        requests.accept(chunk, length);
        line.send(chunk, length, delay.get());
        chunk = new byte[CHUNK];
      }
    } finally {
      line.end();
    }
  }

  static void answers(Socket server, Socket client, Traffic traffic) throws IOException {
    try (server;
        client) {
      InputStream in = server.getInputStream();
      OutputStream out = client.getOutputStream();
      byte[] chunk = new byte[CHUNK];
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        traffic.received(length);
        out.write(chunk, 0, length);
      }
    }
  }

  /** What a thread does. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }
}
