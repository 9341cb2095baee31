package io.github.externalstorage.codec.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the heads of HTTP/1.1 requests, see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC
 * 9112</a>, to the letter: what two servers could understand in two ways is refused.
 */
final class RequestHeadReader {

  private static final int MAX_SIZE = 64 * 1024;
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final Pattern REQUEST_LINE =
      Pattern.compile("(" + TOKEN + ") ([\\x21-\\x7e&&[^#]]+) HTTP/([0-9])\\.([0-9])");

  /** Clients of proxies send the whole URL. */
  private static final Pattern TARGET =
      Pattern.compile("(?:[Hh][Tt][Tt][Pp][Ss]?://[^/?]*)?(/[^?]*|\\*|)(?:\\?(.*))?");

  private static final Pattern HEADER =
      Pattern.compile("(" + TOKEN + "):([\\t\\x20-\\x7e\\x80-\\xff]*)");

  private final InputStream in;
  private int size;

  private RequestHeadReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads a head.
   *
   * @return empty if the client has nothing more to ask
   * @throws Refusal if it is malformed or too large
   */
  static Optional<RequestHead> read(InputStream in) throws IOException {
    return new RequestHeadReader(in).readHead();
  }

  private Optional<RequestHead> readHead() throws IOException {
    Optional<String> requestLine = readLine();
    if (requestLine.isEmpty()) {
      return Optional.empty();
    }
    Matcher line = REQUEST_LINE.matcher(requestLine.get());
    if (!line.matches()) {
      throw Refusal.malformed("The request line is malformed");
    }
    if (!line.group(3).equals("1")) {
      throw new Refusal(505, "Only HTTP/1.1 is served here");
    }
    Matcher target = TARGET.matcher(line.group(2));
    if (!target.matches()) {
      throw Refusal.malformed("The request target is malformed");
    }
    int minorVersion = line.group(4).equals("0") ? 0 : 1;
    Headers headers = readHeaders();
    if (minorVersion == 1 && headers.getOrDefault("Host", List.of()).size() != 1) {
      throw Refusal.malformed("There must be one Host header");
    }
    return Optional.of(
        new RequestHead(line.group(1), target.group(1), target.group(2), minorVersion, headers));
  }

  private Headers readHeaders() throws IOException {
    Headers headers = new Headers();
    for (String line = requireLine(); !line.isEmpty(); line = requireLine()) {
      Matcher header = HEADER.matcher(line);
      if (!header.matches()) {
        throw Refusal.malformed("A header is malformed");
      }
      headers.add(header.group(1), header.group(2).strip());
    }
    return headers;
  }

  private String requireLine() throws IOException {
    return readLine().orElseThrow(EOFException::new);
  }

  /** A line without its end, which must be CR LF; empty at the end of the stream. */
  private Optional<String> readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0 && line.size() == 0) {
        return Optional.empty();
      }
      if (b < 0) {
        throw new EOFException();
      }
      if (++size > MAX_SIZE) {
        throw new Refusal(431, "The headers may have at most %d bytes".formatted(MAX_SIZE));
      }
      line.write(b);
    }
    String text = line.toString(ISO_8859_1);
    if (!text.endsWith("\r")) {
      throw Refusal.malformed("A line does not end with CR LF");
    }
    return Optional.of(text.substring(0, text.length() - 1));
  }
}
