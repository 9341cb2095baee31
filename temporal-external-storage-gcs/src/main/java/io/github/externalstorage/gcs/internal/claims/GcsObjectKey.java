package io.github.externalstorage.gcs.internal.claims;

import com.google.common.base.CharMatcher;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.driver.StorageKeyLayout;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The keys of stored payloads, in the layout and with the escapes of Temporal's drivers for Google
 * Cloud Storage. Most of Unicode stays as it is.
 */
final class GcsObjectKey {

  /**
   * What "Object name guidelines" of Google's documentation advises against, and what separates
   * segments and starts an escape.
   */
  private static final CharMatcher ESCAPED =
      CharMatcher.anyOf("#[]*?:\"<>|/%").or(CharMatcher.javaIsoControl());

  private static final StorageKeyLayout LAYOUT =
      StorageKeyLayout.newBuilder().setEscaper(GcsObjectKey::escape).build();

  private GcsObjectKey() {}

  /**
   * The key of a payload that is to be stored.
   *
   * @param sha256 the hash of the object's content: 64 lower-case hexadecimal digits
   * @throws IllegalArgumentException if the namespace alone makes the key too long, or a name is
   *     not valid Unicode
   */
  static StorageKey create(Optional<StorageDriverTargetInfo> target, String sha256) {
    return LAYOUT.createKey(target, sha256);
  }

  /**
   * @throws IllegalArgumentException if this can't be the key of a stored payload
   */
  static StorageKey parse(String key) {
    requireUnicode(key);
    return LAYOUT.parseKey(key);
  }

  private static String escape(String value) {
    requireUnicode(value);
    StringBuilder segment = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (ESCAPED.matches(c)) {
        for (byte utf8 : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          segment.append("%%%02X".formatted(utf8));
        }
      } else {
        segment.append(c);
      }
    }
    return segment.toString();
  }

  /** An unpaired surrogate becomes a question mark in UTF-8, so two names would share a key. */
  private static void requireUnicode(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("the object key has an unpaired surrogate");
    }
  }
}
