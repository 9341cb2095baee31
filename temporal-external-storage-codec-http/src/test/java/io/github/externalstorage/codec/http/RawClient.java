package io.github.externalstorage.codec.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says to a server what no HTTP client would. */
final class RawClient implements AutoCloseable {

  private final Socket socket;

  RawClient(int port) throws IOException {
    socket = new Socket();
    // So small that a server soon notices whether its reply is read.
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(30_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** Sends text, each line ended as HTTP wants it. */
  RawClient send(String... lines) throws IOException {
    return sendText(String.join("\r\n", lines) + "\r\n");
  }

  RawClient sendText(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(ISO_8859_1));
    return this;
  }

  /** Sends text again and again, slowly, until there is an answer. */
  String sendUntilAnswered(String text) throws IOException {
    int timeout = socket.getSoTimeout();
    socket.setSoTimeout(10);
    while (true) {
      try {
        int first = socket.getInputStream().read();
        socket.setSoTimeout(timeout);
        return first < 0 ? "" : (char) first + readReply();
      } catch (SocketTimeoutException e) {
        sendText(text);
      }
    }
  }

  void endInput() throws IOException {
    socket.shutdownOutput();
  }

  /** All until the server closes. */
  String readAll() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
  }

  /** All until the server closes, or breaks the connection. */
  String readUntilBroken() {
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(received);
    } catch (IOException e) {
      // What came before is what counts.
    }
    return received.toString(ISO_8859_1);
  }

  /** A reply's head, to its empty line. */
  String readHead() throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = socket.getInputStream().read();
      if (b < 0) {
        return head.toString();
      }
      head.append((char) b);
    }
    return head.toString();
  }

  /** A reply's head, and a body of its Content-Length. */
  String readReply() throws IOException {
    String head = readHead();
    Matcher length =
        Pattern.compile("Content-length: ([0-9]+)", Pattern.CASE_INSENSITIVE).matcher(head);
    int bytes = length.find() ? Integer.parseInt(length.group(1)) : 0;
    return head + new String(socket.getInputStream().readNBytes(bytes), ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
