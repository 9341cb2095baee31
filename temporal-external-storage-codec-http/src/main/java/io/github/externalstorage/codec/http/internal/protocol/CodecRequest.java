package io.github.externalstorage.codec.http.internal.protocol;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request.
 *
 * @param protocol such as {@code HTTP/1.1}
 * @param path the raw path
 * @param query the raw query, null if there is none
 * @param loopback whether it arrived over the loopback interface
 */
public record CodecRequest(
    String protocol,
    String method,
    String path,
    @Nullable String query,
    Headers headers,
    boolean loopback) {

  private static final long UNKNOWN_LENGTH = -1;

  public static CodecRequest of(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    return new CodecRequest(
        exchange.getProtocol(),
        exchange.getRequestMethod(),
        path(uri),
        uri.getRawQuery(),
        exchange.getRequestHeaders(),
        exchange.getLocalAddress().getAddress().isLoopbackAddress());
  }

  /** In a URI, {@code //decode} is parsed as a host without a path. */
  private static String path(URI uri) {
    String path = uri.getRawPath();
    boolean hostOnly = uri.getScheme() == null && uri.getRawAuthority() != null;
    if (path == null) {
      return "";
    }
    return hostOnly ? "//" + uri.getRawAuthority() + path : path;
  }

  /**
   * The operation that the path names. Only the end of a path counts: the Web UI appends it to the
   * endpoint that is configured.
   */
  public Optional<CodecOperation> operation() {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return Arrays.stream(CodecOperation.values())
        .filter(operation -> operation.getPathSegment().equals(last))
        .findFirst();
  }

  /**
   * A header's value.
   *
   * @throws HttpErrorException if it occurs more than once
   */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw HttpErrorException.malformed("The header " + name + " occurs more than once");
    }
    return values.stream().findFirst().map(String::strip);
  }

  /** Where the pages are from that sent it; empty if no page did. */
  public List<String> origins() {
    return headers.getOrDefault("Origin", List.of());
  }

  /**
   * The length of the body; 0 if there is none, -1 if it is not known in advance.
   *
   * @throws HttpErrorException if the header is malformed
   */
  public long bodyLength() {
    if (headers.containsKey("Transfer-Encoding")) {
      return UNKNOWN_LENGTH;
    }
    if (!headers.containsKey("Content-Length")) {
      // In HTTP/1, such a request has no body; in HTTP/2, it may have one.
      return protocol.startsWith("HTTP/1.") ? 0 : UNKNOWN_LENGTH;
    }
    String length = header("Content-Length").orElseThrow();
    if (length.isEmpty() || length.length() > 18 || !length.chars().allMatch(CodecRequest::digit)) {
      throw HttpErrorException.malformed("The Content-Length is not a number");
    }
    return Long.parseLong(length);
  }

  /**
   * Whether references are left unchanged. The CLI can't add a query, so there is also a header.
   */
  public boolean preservesReferences() {
    return header("X-Preserve-Storage-Refs").filter("true"::equalsIgnoreCase).isPresent()
        || "true".equalsIgnoreCase(queryParameter("preserveStorageRefs"));
  }

  private @Nullable String queryParameter(String name) {
    if (query == null) {
      return null;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && decode(pair.substring(0, equals)).equals(name)) {
        return decode(pair.substring(equals + 1));
      }
    }
    return null;
  }

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw HttpErrorException.malformed(
          "The query has a % that is not followed by two hexadecimal digits");
    }
  }
}
