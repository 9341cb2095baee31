package io.github.externalstorage.benchmarks.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Supplier;

/** One direction of a connection, on its own threads. */
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
                // The normal end: closed by the other side or by the other direction.
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Forwards one direction, each chunk after the delay. */
  static void pass(Socket from, Socket to, Observer observer, Supplier<Duration> delay)
      throws IOException {
    DelayLine line = new DelayLine(to.getOutputStream());
    start(line::run);
    try (from) {
      InputStream in = from.getInputStream();
      byte[] chunk = new byte[CHUNK];
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        observer.accept(chunk, length);
        line.send(chunk, length, delay.get());
        chunk = new byte[CHUNK];
      }
    } finally {
      line.end();
    }
  }

  /** Observes the chunks. */
  @FunctionalInterface
  interface Observer {
    void accept(byte[] bytes, int length);
  }

  /** What a thread does. */
  @FunctionalInterface
  interface Task {
    void run() throws IOException;
  }
}
