package io.github.externalstorage.s3;

import com.google.common.base.Strings;
import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.internal.text.Quoted;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a reference says about an object in S3.
 *
 * @param bucket the bucket that the object was stored to: a name, or the ARN of an access point
 * @param key the object's key
 * @param sha256 the hash of the object's content
 */
record S3Claim(String bucket, S3ObjectKey key, HashCode sha256) {

  private static final String BUCKET = "bucket";
  private static final String KEY = "key";
  private static final String HASH_ALGORITHM = "hash_algorithm";
  private static final String HASH_VALUE = "hash_value";
  private static final String SHA256 = "sha256";
  private static final Pattern SHA256_VALUE = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if the key is not that of an object with this hash
   */
  S3Claim {
    if (!key.value().endsWith("/d/" + SHA256 + "/" + sha256)) {
      throw new IllegalArgumentException(
          "the object key does not end in '/d/sha256/' and the claim's hash");
    }
  }

  /**
   * Reads a claim, which may be forged.
   *
   * @throws IllegalArgumentException if it is malformed
   */
  static S3Claim parse(StorageDriverClaim claim) {
    Map<String, String> data = claim.claimData();
    return new S3Claim(
        require("bucket", data.get(BUCKET)),
        new S3ObjectKey(require("key", data.get(KEY))),
        hash(data));
  }

  /** The claim as a reference holds it. */
  StorageDriverClaim toClaim() {
    return new StorageDriverClaim(
        Map.of(
            BUCKET,
            bucket,
            KEY,
            key.value(),
            HASH_ALGORITHM,
            SHA256,
            HASH_VALUE,
            sha256.toString()));
  }

  private static HashCode hash(Map<String, String> data) {
    // In camel case it is the TypeScript driver 1.22 that wrote the claim.
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
