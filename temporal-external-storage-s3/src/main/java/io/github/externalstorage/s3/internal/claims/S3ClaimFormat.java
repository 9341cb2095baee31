package io.github.externalstorage.s3.internal.claims;

import com.google.common.collect.ImmutableMap;
import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ClaimEntries;
import java.util.List;
import java.util.Map;

/**
 * Writes and parses the claims of one driver. The hash has its entries in snake case, which Go,
 * Python and Java read, and in camel case, which is all that TypeScript's driver reads. Claims of
 * one object are equal once they are parsed, in whichever case they were written.
 */
final class S3ClaimFormat {

  private static final String BUCKET = "bucket";
  private static final String KEY = "key";

  private final Buckets buckets;
  private final boolean standardOnly;

  /**
   * @param standardOnly whether claims are written without the entries in camel case
   */
  S3ClaimFormat(Buckets buckets, boolean standardOnly) {
    this.buckets = buckets;
    this.standardOnly = standardOnly;
  }

  /** Creates the claim of an object that is about to be stored. */
  S3Claim create(String bucket, S3ObjectKey key, HashCode sha256) {
    return new S3Claim(write(bucket, key, sha256), this, bucket, key, sha256);
  }

  /**
   * Parses a claim, which may be forged. A claim that was already parsed by this format is returned
   * unchanged.
   *
   * @throws IllegalArgumentException if the claim is malformed or names a bucket that is not
   *     configured
   */
  S3Claim parse(StorageDriverClaim claim) {
    if (claim instanceof S3Claim parsed && parsed.isOf(this)) {
      return parsed;
    }
    Map<String, String> data = claim.getClaimData();
    String bucket = ClaimEntries.read(data, "bucket", List.of(BUCKET));
    S3ObjectKey key = new S3ObjectKey(ClaimEntries.read(data, "key", List.of(KEY)));
    ClaimEntries.requireHash(data, key.key());
    HashCode sha256 = HashCode.fromString(key.key().getSha256());
    String presentBucket = buckets.resolve(bucket);
    return new S3Claim(write(bucket, key, sha256), this, presentBucket, key, sha256);
  }

  private Map<String, String> write(String bucket, S3ObjectKey key, HashCode sha256) {
    return ImmutableMap.<String, String>builder()
        .put(BUCKET, bucket)
        .put(KEY, key.value())
        .putAll(ClaimEntries.hash(sha256.toString(), standardOnly))
        .buildOrThrow();
  }
}
