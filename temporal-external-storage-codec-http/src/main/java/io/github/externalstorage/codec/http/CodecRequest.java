package io.github.externalstorage.codec.http;

import com.sun.net.httpserver.Headers;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request as a transport hands it over.
 *
 * @param path the raw path
 * @param query the raw query, null if there is none
 * @param body ends where the request ends
 * @param loopback whether it came in over the loopback interface
 */
record CodecRequest(
    String method,
    String path,
    @Nullable String query,
    Headers headers,
    InputStream body,
    boolean loopback) {

  /**
   * A header's value.
   *
   * @throws Refusal if it is there more than once
   */
  Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    if (values.size() > 1) {
      throw Refusal.malformed("The header " + name + " is there more than once");
    }
    return values.stream().findFirst().map(String::strip);
  }

  /** Whether references stay as they are. The CLI can't add a query, so a header does as well. */
  boolean preservesReferences() {
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

  private static String decode(String encoded) {
    try {
      return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.malformed("The query has a % that no two hexadecimal digits follow");
    }
  }
}
