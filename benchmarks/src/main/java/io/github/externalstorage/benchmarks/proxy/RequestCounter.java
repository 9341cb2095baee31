package io.github.externalstorage.benchmarks.proxy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts the requests of one HTTP/1.1 connection. Bodies must have a Content-Length. */
final class RequestCounter {

  private static final Pattern CONTENT_LENGTH =
      Pattern.compile("^content-length: *(\\d+) *$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern CHUNKED =
      Pattern.compile("^transfer-encoding:", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final String END_OF_HEAD = "\r\n\r\n";

  private final Traffic traffic;
  private final ByteArrayOutputStream head = new ByteArrayOutputStream();
  private long bodyLeft;
  private int matched;

  RequestCounter(Traffic traffic) {
    this.traffic = traffic;
  }

  void accept(byte[] bytes, int length) {
    traffic.sent(length);
    int position = 0;
    while (position < length) {
      if (bodyLeft > 0) {
        int step = (int) Math.min(bodyLeft, length - position);
        bodyLeft -= step;
        position += step;
      } else {
        acceptHead(bytes[position++]);
      }
    }
  }

  private void acceptHead(byte next) {
    head.write(next);
    matched = next == END_OF_HEAD.charAt(matched) ? matched + 1 : next == '\r' ? 1 : 0;
    if (matched == END_OF_HEAD.length()) {
      String text = head.toString(ISO_8859_1).replace("\r", "");
      if (CHUNKED.matcher(text).find()) {
        throw new IllegalStateException("Requests in chunks are not understood: " + text);
      }
      Matcher contentLength = CONTENT_LENGTH.matcher(text);
      bodyLeft = contentLength.find() ? Long.parseLong(contentLength.group(1)) : 0;
      traffic.request(text.substring(0, text.indexOf(' ')));
      head.reset();
      matched = 0;
    }
  }
}
