package io.github.externalstorage.benchmarks.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.function.Supplier;

/** A direction of a connection, on threads of its own. */
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

  /** Passes one direction on, each chunk its delay later. */
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

  /** Sees what passes. */
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
