package io.github.externalstorage.testkit.fault;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A request or a response: its head, and its body as it arrives. */
final class HttpMessage {

  /** Hop-by-hop headers. Here, each connection is used for one request. */
  private static final Set<String> OF_CONNECTIONS = Set.of("connection", "keep-alive", "expect");

  private static final Pattern LINE_END = Pattern.compile("\r\n");
  private static final String LENGTH = "content-length";

  private final List<String> lines;
  private final InputStream body;
  private final long length;
  private long left;

  private HttpMessage(List<String> lines, InputStream body, long lengthIfUnknown) {
    this.lines = lines;
    this.body = body;
    length = header(LENGTH).map(Long::parseLong).orElse(lengthIfUnknown);
    left = length;
  }

  /** Empty if the client closes the connection without sending a request. */
  static Optional<HttpMessage> readRequest(InputStream input) throws IOException {
    List<String> lines = readHead(input);
    return lines.isEmpty() ? Optional.empty() : Optional.of(new HttpMessage(lines, input, 0));
  }

  static HttpMessage readResponse(InputStream input) throws IOException {
    List<String> lines = readHead(input);
    if (lines.isEmpty()) {
      throw new EOFException("The server closed the connection without a response");
    }
    return new HttpMessage(lines, input, Long.MAX_VALUE);
  }

  /** An error in S3's format. */
  static HttpMessage error(int status, String code) {
    byte[] body =
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code>"
                + "<Message>Injected fault</Message><RequestId>INJECTED</RequestId></Error>")
            .formatted(code)
            .getBytes(ISO_8859_1);
    return new HttpMessage(
        List.of(
            "HTTP/1.1 %s Injected".formatted(status),
            "Content-Type: application/xml",
            "Content-Length: " + body.length,
            "x-amz-request-id: INJECTED"),
        new ByteArrayInputStream(body),
        body.length);
  }

  /** The first line. */
  String startLine() {
    return lines.get(0);
  }

  Optional<String> header(String lowerCaseName) {
    return lines.stream()
        .filter(line -> isHeader(line, lowerCaseName))
        .map(line -> line.substring(lowerCaseName.length() + 1).trim())
        .findFirst();
  }

  /** The length of the body in bytes; {@code Long.MAX_VALUE} if it is not known before the end. */
  long length() {
    return length;
  }

  /** The head including the empty line, with {@code Connection: close}. */
  byte[] head() {
    return head(lines.stream());
  }

  /** The head with another content length. */
  byte[] headWithLength(long newLength) {
    return head(
        Stream.concat(
            lines.stream().filter(line -> !isHeader(line, LENGTH)),
            Stream.of("Content-Length: " + newLength)));
  }

  /**
   * Forwards the next part of the body.
   *
   * @param count the maximum number of bytes
   * @return the number of bytes; 0 at the end
   */
  long copyBody(long count, Wire to) throws IOException {
    byte[] buffer = new byte[8192];
    long copied = 0;
    for (int n = read(buffer, count); n > 0; n = read(buffer, count - copied)) {
      to.write(buffer, n);
      copied += n;
    }
    return copied;
  }

  /** Forwards the next byte, if there is one, with one bit flipped. */
  void copyFlippedByte(Wire to) throws IOException {
    byte[] buffer = new byte[1];
    if (read(buffer, 1) > 0) {
      buffer[0] ^= 1;
      to.write(buffer);
    }
  }

  /** Reads the rest of the body. */
  void drain() throws IOException {
    byte[] buffer = new byte[8192];
    int n;
    do {
      n = read(buffer, Long.MAX_VALUE);
    } while (n > 0);
  }

  private int read(byte[] buffer, long count) throws IOException {
    int wanted = (int) Math.min(buffer.length, Math.min(count, left));
    int n = wanted == 0 ? 0 : Math.max(0, body.read(buffer, 0, wanted));
    left -= n;
    return n;
  }

  private static byte[] head(Stream<String> lines) {
    StringBuilder head = new StringBuilder();
    lines
        .filter(line -> OF_CONNECTIONS.stream().noneMatch(name -> isHeader(line, name)))
        .forEach(line -> head.append(line).append("\r\n"));
    return head.append("Connection: close\r\n\r\n").toString().getBytes(ISO_8859_1);
  }

  private static boolean isHeader(String line, String lowerCaseName) {
    return line.toLowerCase(Locale.ROOT).startsWith(lowerCaseName + ":");
  }

  /** The lines without the empty one; none if the stream ends earlier. */
  private static List<String> readHead(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int matched = 0;
    while (matched < 4) {
      int b = input.read();
      if (b < 0) {
        return List.of();
      }
      head.write(b);
      boolean expected = b == (matched % 2 == 0 ? '\r' : '\n');
      matched = expected ? matched + 1 : b == '\r' ? 1 : 0;
    }
    return LINE_END.splitAsStream(head.toString(ISO_8859_1)).toList();
  }
}
