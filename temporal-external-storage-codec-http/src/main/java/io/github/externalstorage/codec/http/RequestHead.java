package io.github.externalstorage.codec.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpVersion;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request, see <a href="https://www.rfc-editor.org/rfc/rfc9112">RFC 9112</a>.
 *
 * @param path the raw path
 * @param query the raw query, null if there is none
 * @param http11 whether the client speaks HTTP/1.1, not 1.0
 */
record RequestHead(
    String method, String path, @Nullable String query, boolean http11, Headers headers) {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
  private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\x80-\\xff]*");
  private static final Pattern LENGTH = Pattern.compile("[0-9]+");

  /** Clients of proxies send the whole URL. */
  private static final Pattern TARGET =
      Pattern.compile(
          "(?:[Hh][Tt][Tt][Pp][Ss]?://[!-~&&[^/?#]]*)?(/[!-~&&[^?#]]*|\\*|)(?:\\?([!-~&&[^#]]*))?");

  /**
   * Reads a head more strictly than it was parsed: what two servers could understand in two ways is
   * refused.
   *
   * @throws Refusal 400
   */
  static RequestHead of(HttpRequest request) {
    Matcher target = TARGET.matcher(request.getPath());
    require(target.matches() && matches(TOKEN, request.getMethod()), "The request line");
    Headers headers = new Headers();
    for (Header header : request.getHeaders()) {
      require(matches(TOKEN, header.getName()) && matches(VALUE, header.getValue()), "A header");
      headers.add(header.getName(), header.getValue());
    }
    boolean http11 = request.getVersion().greaterEquals(HttpVersion.HTTP_1_1);
    require(!http11 || request.countHeaders("Host") == 1, "The Host header");
    List<String> lengths = headers.getOrDefault("Content-Length", List.of());
    require(lengths.stream().allMatch(length -> matches(LENGTH, length)), "The Content-Length");
    require(
        !headers.containsKey("Transfer-Encoding") || (http11 && lengths.isEmpty()),
        "The Transfer-Encoding");
    return new RequestHead(request.getMethod(), target.group(1), target.group(2), http11, headers);
  }

  /** Whether the client wants to ask again on the same connection. */
  boolean isKeptAlive() {
    return http11
        && headers.getOrDefault("Connection", List.of()).stream()
            .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
  }

  /** Whether the client sends the body only when it is told to. */
  boolean isContinueExpected() {
    return http11 && "100-continue".equalsIgnoreCase(headers.getFirst("Expect"));
  }

  private static boolean matches(Pattern pattern, String text) {
    return pattern.matcher(text).matches();
  }

  private static void require(boolean condition, String part) {
    if (!condition) {
      throw Refusal.malformed(part + " is malformed");
    }
  }
}
