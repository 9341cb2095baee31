package io.github.externalstorage.gcs;

import com.google.common.collect.ImmutableMap;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.text.Quoted;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Writes and parses the claims of one driver. Each SDK's driver for Google Cloud Storage writes and
 * requires different entries: Python's {@code bucket, object_name, hash_algorithm, hash_value},
 * Go's {@code bucket, key, hash_algorithm, hash_value} and TypeScript's {@code bucket, object,
 * hashAlgorithm, hashValue}. Claims are written with all of them, so that each SDK can read them.
 * Claims of one object are equal once they are parsed, whichever SDK wrote them.
 */
final class GcsClaimFormat {

  private static final String BUCKET = "bucket";
  private static final List<String> KEY = List.of("key", "object_name", "object");
  private static final List<String> HASH_ALGORITHM = List.of("hash_algorithm", "hashAlgorithm");
  private static final List<String> HASH_VALUE = List.of("hash_value", "hashValue");
  private static final String SHA256 = "sha256";

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
    String bucket = read(data, "bucket", List.of(BUCKET));
    StorageKey key = GcsObjectKey.parse(read(data, "key", KEY));
    String algorithm = read(data, "hash algorithm", HASH_ALGORITHM);
    if (!algorithm.equals(SHA256)) {
      throw new IllegalArgumentException(
          "the hash algorithm " + Quoted.of(algorithm) + " is not supported, only 'sha256' is");
    }
    if (!read(data, "hash value", HASH_VALUE).equals(key.getSha256())) {
      throw new IllegalArgumentException("the object key does not end in the claim's hash value");
    }
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
    HASH_ALGORITHM.forEach(name -> data.put(name, SHA256));
    HASH_VALUE.forEach(name -> data.put(name, key.getSha256()));
    return data.buildOrThrow();
  }

  private static String read(Map<String, String> data, String meaning, List<String> names) {
    List<String> values =
        names.stream().map(data::get).filter(Objects::nonNull).distinct().toList();
    if (values.size() > 1) {
      throw new IllegalArgumentException(
          "the claim's entries for its %s contradict each other: %s"
              .formatted(meaning, String.join(", ", names)));
    }
    if (values.isEmpty() || values.get(0).isEmpty()) {
      throw new IllegalArgumentException("the claim has no " + meaning);
    }
    return values.get(0);
  }
}
