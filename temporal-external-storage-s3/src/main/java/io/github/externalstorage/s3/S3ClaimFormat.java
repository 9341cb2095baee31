package io.github.externalstorage.s3;

import com.google.common.base.Strings;
import com.google.common.collect.ImmutableMap;
import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.text.Quoted;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes and parses the claims of one driver. The hash has its entries in snake case, which Go,
 * Python and Java read, and in camel case, which is all that TypeScript's driver reads. Claims of
 * one object are equal once they are parsed, in whichever case they were written.
 */
final class S3ClaimFormat {

  private static final String BUCKET = "bucket";
  private static final String KEY = "key";
  private static final String HASH_ALGORITHM = "hash_algorithm";
  private static final String HASH_VALUE = "hash_value";
  private static final String CAMEL_CASE_HASH_ALGORITHM = "hashAlgorithm";
  private static final String CAMEL_CASE_HASH_VALUE = "hashValue";
  private static final String SHA256 = "sha256";
  private static final Pattern SHA256_VALUE = Pattern.compile("[0-9a-f]{64}");

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
    String bucket = require("bucket", data.get(BUCKET));
    S3ObjectKey key = new S3ObjectKey(require("key", data.get(KEY)));
    HashCode sha256 = parseHash(data);
    String presentBucket = buckets.resolve(bucket);
    if (!key.value().endsWith("/d/" + SHA256 + "/" + sha256)) {
      throw new IllegalArgumentException(
          "the object key does not end in '/d/sha256/' and the claim's hash");
    }
    return new S3Claim(write(bucket, key, sha256), this, presentBucket, key, sha256);
  }

  private Map<String, String> write(String bucket, S3ObjectKey key, HashCode sha256) {
    String hash = sha256.toString();
    ImmutableMap.Builder<String, String> data =
        ImmutableMap.<String, String>builder()
            .put(BUCKET, bucket)
            .put(KEY, key.value())
            .put(HASH_ALGORITHM, SHA256)
            .put(HASH_VALUE, hash);
    if (!standardOnly) {
      data.put(CAMEL_CASE_HASH_ALGORITHM, SHA256).put(CAMEL_CASE_HASH_VALUE, hash);
    }
    return data.buildOrThrow();
  }

  private static HashCode parseHash(Map<String, String> data) {
    String algorithm =
        require("hash algorithm", eitherCase(data, HASH_ALGORITHM, CAMEL_CASE_HASH_ALGORITHM));
    String value = require("hash value", eitherCase(data, HASH_VALUE, CAMEL_CASE_HASH_VALUE));
    if (!algorithm.equals(SHA256)) {
      throw new IllegalArgumentException(
          "the hash algorithm " + Quoted.of(algorithm) + " is not supported, only 'sha256' is");
    }
    if (!SHA256_VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException("the hash value is not 64 lower-case hexadecimal digits");
    }
    return HashCode.fromString(value);
  }

  private static @Nullable String eitherCase(
      Map<String, String> data, String snakeCase, String camelCase) {
    String value = data.get(snakeCase);
    String other = data.get(camelCase);
    if (value != null && other != null && !value.equals(other)) {
      throw new IllegalArgumentException(
          "the entries '%s' and '%s' of the claim contradict each other"
              .formatted(snakeCase, camelCase));
    }
    return value == null ? other : value;
  }

  private static String require(String name, @Nullable String value) {
    if (Strings.isNullOrEmpty(value)) {
      throw new IllegalArgumentException("the claim has no " + name);
    }
    return value;
  }
}
