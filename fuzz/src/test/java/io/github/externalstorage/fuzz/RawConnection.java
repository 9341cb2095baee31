package io.github.externalstorage.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Sends bytes to a server, whatever they are, and takes what it answers. */
final class RawConnection {

  private static final int PATIENCE_MILLIS = 60_000;

  private RawConnection() {}

  /** What the server answers until it closes; empty if it closes at once. */
  static String exchange(int port, ByteString request) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        request.writeTo(socket.getOutputStream());
        socket.shutdownOutput();
        socket.getInputStream().transferTo(answer);
      } catch (SocketTimeoutException e) {
        throw new AssertionError("The server did not answer", e);
      } catch (IOException e) {
        // It need not take all of what it refuses; what it said before is what counts.
      }
    }
    return answer.toString(ISO_8859_1);
  }
}
