package io.github.externalstorage.testkit.fault;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** A connection to the client or the server. */
final class Wire {

  private final Socket socket;
  private @Nullable InputStream input;

  Wire(Socket socket) {
    this.socket = socket;
  }

  void connect(URI server) throws IOException {
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
  }

  InputStream input() throws IOException {
    if (input == null) {
      input = new BufferedInputStream(socket.getInputStream());
    }
    return input;
  }

  void write(byte[] bytes) throws IOException {
    write(bytes, bytes.length);
  }

  void write(byte[] bytes, int length) throws IOException {
    socket.setTcpNoDelay(true);
    socket.getOutputStream().write(bytes, 0, length);
  }

  /** Closes the connection for writing. */
  void end() throws IOException {
    socket.shutdownOutput();
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("A connection of the proxy could not be closed", e);
    }
  }

  /** Resets the connection. */
  void reset() {
    try {
      if (!socket.isClosed()) {
        socket.setSoLinger(true, 0);
      }
    } catch (IOException e) {
      // The other side or another thread has already closed it.
    }
    close();
  }
}
