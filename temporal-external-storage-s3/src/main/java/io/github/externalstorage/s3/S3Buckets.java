package io.github.externalstorage.s3;

import com.google.common.collect.ImmutableMap;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import io.temporal.api.common.v1.Payload;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The buckets of a driver: where payloads go to, and where claims may lead. */
final class S3Buckets {

  private final S3BucketSelector selector;
  private final Set<String> storing;

  /** By the name in a claim, the bucket that the object is in now. */
  private final ImmutableMap<String, String> readable;

  /**
   * @throws IllegalArgumentException if a bucket that has an alias is one of the others as well
   */
  S3Buckets(
      S3BucketSelector selector,
      Set<String> storing,
      Set<String> readOnly,
      Map<String, String> aliases) {
    this.selector = selector;
    this.storing = storing;
    Map<String, String> buckets = new HashMap<>();
    storing.forEach(bucket -> buckets.put(bucket, bucket));
    readOnly.forEach(bucket -> buckets.put(bucket, bucket));
    aliases.forEach(
        (former, present) -> {
          if (buckets.put(former, present) != null) {
            throw new IllegalArgumentException(
                "The bucket '%s' is an alias of '%s', so it can't be a bucket of its own too"
                    .formatted(former, present));
          }
        });
    readable = ImmutableMap.copyOf(buckets);
  }

  /**
   * Names as they were given.
   *
   * @throws IllegalArgumentException if one is blank
   */
  static Set<String> requireNames(Collection<String> buckets) {
    if (buckets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("bucket must not be blank");
    }
    return Set.copyOf(buckets);
  }

  /**
   * The bucket that a payload goes to.
   *
   * @throws StorageException if the selector names a bucket that could not be read from
   */
  String select(StorageDriverStoreContext context, Payload payload) {
    String bucket = selector.selectBucket(context, payload);
    if (!storing.contains(bucket)) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "The bucket selector chose the bucket '%s', which is not one of those given with it: %s"
              .formatted(bucket, storing));
    }
    return bucket;
  }

  /**
   * The bucket to read from.
   *
   * @param bucket the one that a claim names
   * @throws IllegalArgumentException if the claim leads out of the configured buckets
   */
  String resolve(String bucket) {
    String present = readable.get(bucket);
    if (present == null) {
      throw new IllegalArgumentException(
          "the bucket %s is not one that the driver is configured for; if it should be, add it with setReadOnlyBuckets or setBucketAliases"
              .formatted(Quoted.of(bucket)));
    }
    return present;
  }
}
