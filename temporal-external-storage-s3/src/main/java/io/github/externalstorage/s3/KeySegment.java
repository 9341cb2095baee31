package io.github.externalstorage.s3;

import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A value as one segment of an object key: its UTF-8 bytes, percent-encoded except for the
 * characters that Amazon S3's user guide calls safe in keys.
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
    // Segments of dots alone are steps in a path to proxies and to servers that keep files.
    return value.equals(".") || value.equals("..")
        ? value.replace(".", "%2E")
        : ESCAPER.escape(value);
  }

  static String decode(String segment) {
    // A plus sign means a space only in forms.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
