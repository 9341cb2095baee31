package io.github.externalstorage.gcs.internal.claims;

import com.google.common.collect.ImmutableMap;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ClaimEntries;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes and parses the claims of one driver. Each SDK's driver for Google Cloud Storage writes and
 * requires different entries: Python's {@code bucket, object_name, hash_algorithm, hash_value};
 * Go's these and {@code key}, or in version 0.1 {@code key} instead of {@code object_name};
 * TypeScript's {@code bucket, object, hashAlgorithm, hashValue}. Claims are written with all of
 * them, so that each SDK can read them. Claims of one object are equal once they are parsed,
 * whichever SDK wrote them.
 */
final class GcsClaimFormat {

  private static final String BUCKET = "bucket";
  private static final List<String> KEY = List.of("key", "object_name", "object");

  private final Buckets buckets;

  GcsClaimFormat(Buckets buckets) {
    this.buckets = buckets;
  }

  /** Creates the claim of an object that is about to be stored. */
  GcsClaim create(String bucket, StorageKey key) {
    return new GcsClaim(write(bucket, key), this, bucket, key);
  }

  /**
   * Parses a claim, which may be forged. A claim that was already parsed by this format is returned
   * unchanged.
   *
   * @throws IllegalArgumentException if the claim is malformed or names a bucket that is not
   *     configured
   */
  GcsClaim parse(StorageDriverClaim claim) {
    if (claim instanceof GcsClaim parsed && parsed.isOf(this)) {
      return parsed;
    }
    Map<String, String> data = claim.getClaimData();
    String bucket = ClaimEntries.read(data, "bucket", List.of(BUCKET));
    StorageKey key = GcsObjectKey.parse(ClaimEntries.read(data, "key", KEY));
    ClaimEntries.requireHash(data, key);
    return new GcsClaim(write(bucket, key), this, buckets.resolve(bucket), key);
  }

  /** The key that an unchecked claim names, for messages; empty if there is none. */
  static String keyIn(StorageDriverClaim claim) {
    return KEY.stream()
        .map(claim.getClaimData()::get)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static Map<String, String> write(String bucket, StorageKey key) {
    ImmutableMap.Builder<String, String> data = ImmutableMap.builder();
    data.put(BUCKET, bucket);
    KEY.forEach(name -> data.put(name, key.getValue()));
    data.putAll(ClaimEntries.hash(key.getSha256(), false));
    return data.buildOrThrow();
  }
}
