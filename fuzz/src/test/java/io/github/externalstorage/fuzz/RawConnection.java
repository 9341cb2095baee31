package io.github.externalstorage.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends arbitrary bytes to a server, and reads its response. */
final class RawConnection {

  private static final int PATIENCE_MILLIS = 60_000;

  private RawConnection() {}

  /** What the server sends until it closes; empty if it closes at once. */
  static String exchange(int port, ByteString request) throws IOException {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        request.writeTo(socket.getOutputStream());
        socket.shutdownOutput();
        socket.getInputStream().transferTo(response);
      } catch (SocketTimeoutException e) {
        throw new AssertionError("The server did not respond", e);
      } catch (IOException e) {
        // The server need not read all of a request that it rejects; only its response matters.
      }
    }
    return response.toString(ISO_8859_1);
  }
}
