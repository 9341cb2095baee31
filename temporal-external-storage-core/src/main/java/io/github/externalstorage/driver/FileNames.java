package io.github.externalstorage.driver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.regex.Pattern;

/**
 * Escapes the segments of keys as names that every file system preserves. Two values never have
 * names that differ only in case, since upper-case letters are escaped. Names don't begin or end
 * with a dot, and none is a device of Windows.
 */
final class FileNames {

  /** Linux, macOS and Windows allow 255 bytes or characters. */
  static final int MAX_LENGTH = 255;

  /** macOS limits a path to 1,024 bytes, of which this leaves 256 for the directory. */
  static final int MAX_KEY_LENGTH = 768;

  static final StorageKeyLayout LAYOUT =
      StorageKeyLayout.newBuilder()
          .setEscaper(FileNames::escape)
          .setMaxLength(MAX_KEY_LENGTH)
          .setMaxSegmentLength(MAX_LENGTH)
          .build();

  private static final String SAFE = "abcdefghijklmnopqrstuvwxyz0123456789-_.";

  /** Windows reserves them with any extension, too. */
  private static final Pattern DEVICE =
      Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\\..*)?");

  private FileNames() {}

  static String escape(String value) {
    byte[] bytes = value.getBytes(UTF_8);
    boolean isDevice = DEVICE.matcher(value).matches();
    StringBuilder name = new StringBuilder(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      boolean isFirst = i == 0;
      boolean isOuterDot = bytes[i] == '.' && (isFirst || i == bytes.length - 1);
      if (SAFE.indexOf(bytes[i]) < 0 || isOuterDot || (isFirst && isDevice)) {
        name.append("%%%02X".formatted(bytes[i]));
      } else {
        name.append((char) bytes[i]);
      }
    }
    return name.toString();
  }

  /** Whether this driver can have written a file with this key. */
  static boolean isKey(String key) {
    try {
      parse(key);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Checks a key from a claim, which may be forged. On a file system that ignores case, another
   * spelling of a key would lead to the same file, past the checks that separate namespaces.
   *
   * @throws IllegalArgumentException if this driver can't have written the key
   */
  static StorageKey parse(String key) {
    StorageKey parsed = LAYOUT.parseKey(key);
    for (String segment : parsed.getSegments()) {
      if (segment.length() > MAX_LENGTH || !segment.equals(escape(StorageKey.decode(segment)))) {
        throw new IllegalArgumentException(
            "the object key has a segment that is not the name of a file of this driver");
      }
    }
    return parsed;
  }
}
