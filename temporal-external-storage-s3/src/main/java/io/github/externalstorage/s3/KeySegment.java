package io.github.externalstorage.s3;

import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a value as one segment of an object key: its UTF-8 bytes, percent-encoded except for the
 * characters that the Amazon S3 user guide lists as safe in keys.
 */
final class KeySegment {

  /** Stands for a value that is unknown or empty. */
  static final String UNKNOWN = "null";

  private static final Escaper ESCAPER = new PercentEscaper("!-_.*'()", false);

  private KeySegment() {}

  static String encode(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return UNKNOWN;
    }
    // Proxies and file-based servers interpret "." and ".." as path navigation.
    return value.equals(".") || value.equals("..")
        ? value.replace(".", "%2E")
        : ESCAPER.escape(value);
  }

  static String decode(String segment) {
    // URLDecoder reads a plus sign as a space, which is correct only for HTML forms.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
