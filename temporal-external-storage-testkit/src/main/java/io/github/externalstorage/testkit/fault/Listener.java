package io.github.externalstorage.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Accepts connections. */
final class Listener {

  private static final int BACKLOG = 1000;

  private final ServerSocket socket;
  private final Thread thread;

  /**
   * @param port the port; 0 for a free one
   */
  Listener(int port, Consumer<Socket> onConnection) throws IOException {
    socket = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    thread = new Thread(() -> accept(onConnection), "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  private void accept(Consumer<Socket> onConnection) {
    try {
      while (true) {
        onConnection.accept(socket.accept());
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  /** Stops listening before it returns. */
  void close() {
    try {
      socket.close();
      // The kernel accepts connections until the thread has left accept().
      thread.join();
    } catch (IOException e) {
      throw new UncheckedIOException("The proxy's port could not be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
