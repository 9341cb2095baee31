package io.github.externalstorage.s3;

import com.google.common.base.Strings;
import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.internal.text.Quoted;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A validated claim: it names an object that the driver is allowed to read. Immutable. */
final class S3Claim extends StorageDriverClaim {

  private static final String BUCKET = "bucket";
  private static final String KEY = "key";
  private static final String HASH_ALGORITHM = "hash_algorithm";
  private static final String HASH_VALUE = "hash_value";
  private static final String SHA256 = "sha256";
  private static final Pattern SHA256_VALUE = Pattern.compile("[0-9a-f]{64}");

  private final S3Buckets buckets;
  private final String bucket;
  private final S3ObjectKey key;
  private final HashCode sha256;

  private S3Claim(
      Map<String, String> claimData,
      S3Buckets buckets,
      String bucket,
      S3ObjectKey key,
      HashCode sha256) {
    super(claimData);
    this.buckets = buckets;
    this.bucket = bucket;
    this.key = key;
    this.sha256 = sha256;
    if (!key.value().endsWith("/d/" + SHA256 + "/" + sha256)) {
      throw new IllegalArgumentException(
          "the object key does not end in '/d/sha256/' and the claim's hash");
    }
  }

  /** Creates the claim of an object that is about to be stored. */
  static S3Claim of(S3Buckets buckets, String bucket, S3ObjectKey key, HashCode sha256) {
    return new S3Claim(
        Map.of(
            BUCKET,
            bucket,
            KEY,
            key.value(),
            HASH_ALGORITHM,
            SHA256,
            HASH_VALUE,
            sha256.toString()),
        buckets,
        bucket,
        key,
        sha256);
  }

  /**
   * Parses a claim, which may be forged. A claim that was already parsed with the same buckets is
   * returned unchanged.
   *
   * @throws IllegalArgumentException if the claim is malformed or names a bucket that is not
   *     configured
   */
  static S3Claim parse(StorageDriverClaim claim, S3Buckets buckets) {
    if (claim instanceof S3Claim parsed && parsed.buckets == buckets) {
      return parsed;
    }
    Map<String, String> data = claim.getClaimData();
    String bucket = require("bucket", data.get(BUCKET));
    S3ObjectKey key = new S3ObjectKey(require("key", data.get(KEY)));
    HashCode sha256 = hash(data);
    return new S3Claim(data, buckets, buckets.resolve(bucket), key, sha256);
  }

  /** The bucket that the object is in now: its name, or the ARN of an access point. */
  String bucket() {
    return bucket;
  }

  S3ObjectKey key() {
    return key;
  }

  /** The hash of the object's content. */
  HashCode sha256() {
    return sha256;
  }

  private static HashCode hash(Map<String, String> data) {
    // Version 1.22 of the TypeScript driver wrote these names in camel case.
    String algorithm =
        require("hash algorithm", data.getOrDefault(HASH_ALGORITHM, data.get("hashAlgorithm")));
    String value = require("hash value", data.getOrDefault(HASH_VALUE, data.get("hashValue")));
    if (!algorithm.equals(SHA256)) {
      throw new IllegalArgumentException(
          "the hash algorithm " + Quoted.of(algorithm) + " is not supported, only 'sha256' is");
    }
    if (!SHA256_VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("the hash value is not 64 lower-case hexadecimal digits");
    }
    return HashCode.fromString(value);
  }

  private static String require(String name, @Nullable String value) {
    if (Strings.isNullOrEmpty(value)) {
      throw new IllegalArgumentException("the claim has no " + name);
    }
    return value;
  }
}
