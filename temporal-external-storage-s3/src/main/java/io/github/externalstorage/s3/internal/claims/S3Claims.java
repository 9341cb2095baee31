package io.github.externalstorage.s3.internal.claims;

import com.google.common.base.CharMatcher;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.driver.StorageKeyLayout;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ObjectClaims;
import java.util.List;
import java.util.Optional;

/** Which object in S3 a payload is stored as, and which one a claim refers to. */
public final class S3Claims extends ObjectClaims {

  /** All drivers encode at least the characters that a URL may not contain. */
  private static final CharMatcher URL = CharMatcher.inRange('!', '~');

  private final StorageKeyLayout layout;

  /**
   * @param standardOnly whether claims are written without the entries in camel case
   * @param maxKeySegmentLength the maximum length of each segment of a key, in bytes
   */
  public S3Claims(Buckets buckets, boolean standardOnly, int maxKeySegmentLength) {
    super(buckets, List.of("key"), standardOnly);
    layout = StorageKeyLayout.newBuilder().setMaxSegmentLength(maxKeySegmentLength).build();
  }

  @Override
  protected StorageKey createKey(Optional<StorageDriverTargetInfo> target, String sha256) {
    return layout.createKey(target, sha256);
  }

  @Override
  protected StorageKey parseKey(String key) {
    StorageKey parsed = layout.parseKey(key);
    if (!URL.matchesAllOf(key)) {
      throw new IllegalArgumentException(
          "the object key has a character that is not percent-encoded");
    }
    return parsed;
  }

  @Override
  protected StorageException unstorable(String bucket, IllegalArgumentException problem) {
    return new StorageException(
        Reason.MISCONFIGURED,
        "S3 store failed [bucket=%s]: %s; use a namespace with a shorter name"
            .formatted(bucket, problem.getMessage()));
  }

  @Override
  protected StorageException invalid(String bucket, String key, IllegalArgumentException problem) {
    return new StorageException(
        Reason.INVALID_CLAIM,
        "S3 retrieve rejected [bucket=%s, key=%s]: %s"
            .formatted(bucket, key, problem.getMessage()));
  }
}
