package io.github.externalstorage.s3.internal.claims;

import com.google.common.base.CharMatcher;
import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.driver.StorageKeyLayout;
import java.util.Optional;

/**
 * The key of a stored payload in S3: a key in the layout that every official driver of Temporal
 * writes, of printable ASCII characters only.
 *
 * @param key the key
 */
public record S3ObjectKey(StorageKey key) {

  /** The maximum length of a key, in bytes. */
  public static final int MAX_LENGTH = StorageKeyLayout.DEFAULT_MAX_LENGTH;

  /** All drivers encode at least the characters that a URL may not contain. */
  private static final CharMatcher URL = CharMatcher.inRange('!', '~');

  /**
   * @throws IllegalArgumentException if this can't be the key of a stored payload
   */
  public S3ObjectKey {
    if (!URL.matchesAllOf(key.getValue())) {
      throw new IllegalArgumentException(
          "the object key has a character that is not percent-encoded");
    }
  }

  /**
   * @throws IllegalArgumentException if this can't be the key of a stored payload
   */
  public S3ObjectKey(String key) {
    this(StorageKeyLayout.getDefault().parseKey(key));
  }

  /**
   * Returns the key to store a payload under.
   *
   * @throws IllegalArgumentException if the namespace alone makes the key too long
   */
  public static S3ObjectKey of(
      Optional<StorageDriverTargetInfo> target, HashCode sha256, StorageKeyLayout layout) {
    return new S3ObjectKey(layout.createKey(target, sha256.toString()));
  }

  public String value() {
    return key.getValue();
  }

  /** The Temporal namespace that the payload belongs to; empty if the key contains none. */
  public Optional<String> namespace() {
    return key.getNamespace();
  }

  @Override
  public String toString() {
    return value();
  }
}
