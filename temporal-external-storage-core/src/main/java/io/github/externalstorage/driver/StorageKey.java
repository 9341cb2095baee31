package io.github.externalstorage.driver;

import com.google.common.base.Splitter;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The key of a stored payload in the layout of {@link StorageKeyLayout}, which checked it. It is
 * confined: every segment is at least one character, none is {@code .} or {@code ..}, there are no
 * control characters, and the first segment is {@code v0}. Immutable.
 */
public final class StorageKey {

  static final String ROOT = "v0";
  static final String NAMESPACE = "ns";

  /** Stands for a value that is unknown or empty. */
  static final String UNKNOWN = "null";

  static final String DIGEST = "/d/sha256/";

  private static final Pattern UNESCAPED = Pattern.compile("%(?!\\p{XDigit}{2})|\\p{Cc}");
  private static final Pattern END = Pattern.compile(DIGEST + "([0-9a-f]{64})\\z");

  private final String value;
  private final List<String> segments;
  private final String sha256;

  private StorageKey(String value, List<String> segments, String sha256) {
    this.value = value;
    this.segments = segments;
    this.sha256 = sha256;
  }

  static StorageKey parse(String key) {
    if (!key.startsWith(ROOT + "/")) {
      throw new IllegalArgumentException("the object key is not under 'v0/'");
    }
    List<String> segments = split(key);
    if (!segments.stream().allMatch(StorageKey::isSegment)) {
      throw new IllegalArgumentException(
          "the object key has a segment that is empty, '.', '..' or not escaped");
    }
    Matcher end = END.matcher(key);
    if (!end.find()) {
      throw new IllegalArgumentException(
          "the object key does not end in '/d/sha256/' and 64 lower-case hexadecimal digits");
    }
    return new StorageKey(key, segments, end.group(1));
  }

  private static boolean isSegment(String segment) {
    return !segment.isEmpty()
        && !segment.equals(".")
        && !segment.equals("..")
        && !UNESCAPED.matcher(segment).find();
  }

  static List<String> split(String key) {
    return Splitter.on('/').splitToList(key);
  }

  /** The key as a text, with its segments escaped and separated by slashes. */
  public String getValue() {
    return value;
  }

  /** The segments between the slashes, escaped as they are in the key; immutable. */
  public List<String> getSegments() {
    return segments;
  }

  /** The hash of the object's content, which ends the key: 64 lower-case hexadecimal digits. */
  public String getSha256() {
    return sha256;
  }

  /**
   * The Temporal namespace that the payload belongs to; empty if the key contains none, or {@code
   * null} in its place.
   */
  public Optional<String> getNamespace() {
    if (!segments.get(1).equals(NAMESPACE) || segments.get(2).equals(UNKNOWN)) {
      return Optional.empty();
    }
    return Optional.of(decode(segments.get(2)));
  }

  static String decode(String segment) {
    // URLDecoder reads a plus sign as a space, which is correct only for HTML forms.
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StorageKey key && value.equals(key.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
