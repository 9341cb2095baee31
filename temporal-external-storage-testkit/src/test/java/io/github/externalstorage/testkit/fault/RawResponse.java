package io.github.externalstorage.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;

/**
 * Everything that a client received.
 *
 * @param wasReset whether the connection was finally reset instead of closed
 */
record RawResponse(String head, String body, boolean wasReset) {

  /** Sends a request and awaits the end of the connection. */
  static RawResponse to(URI server, String method, String body, String... headers)
      throws IOException {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    boolean wasReset = false;
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      String request =
          "%s /bucket/key HTTP/1.1\r\nHost: test\r\n%sContent-Length: %s\r\n\r\n%s"
              .formatted(method, String.join("", headers), body.length(), body);
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getInputStream().transferTo(received);
    } catch (SocketException e) {
      wasReset = true;
    }
    String answer = received.toString(ISO_8859_1);
    int end = answer.indexOf("\r\n\r\n");
    return end < 0
        ? new RawResponse(answer, "", wasReset)
        : new RawResponse(answer.substring(0, end), answer.substring(end + 4), wasReset);
  }
}
