package io.github.externalstorage.codec.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The head of an HTTP request.
 *
 * @param path the raw path
 * @param query the raw query, null if there is none
 * @param minorVersion 0 or 1
 */
record RequestHead(
    String method, String path, @Nullable String query, int minorVersion, Headers headers) {

  /** Whether the client wants to ask again on the same connection. */
  boolean isKeptAlive() {
    return minorVersion == 1
        && headers.getOrDefault("Connection", List.of()).stream()
            .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("close"));
  }

  /** Whether the client sends the body only when it is told to. */
  boolean isContinueExpected() {
    return minorVersion == 1 && "100-continue".equalsIgnoreCase(headers.getFirst("Expect"));
  }
}
