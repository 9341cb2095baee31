package io.github.externalstorage.internal.objects;

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
import java.util.TreeSet;
import java.util.function.BiFunction;

/** The buckets of a driver: those that payloads are stored in, and those that claims may name. */
public final class Buckets {

  private final BiFunction<StorageDriverStoreContext, Payload, String> selector;
  private final Set<String> storing;

  /** The bucket that an object is in now, by the bucket name in its claim. */
  private final ImmutableMap<String, String> readable;

  /**
   * @throws IllegalArgumentException if a bucket is both an alias and one of the other buckets
   */
  public Buckets(
      BiFunction<StorageDriverStoreContext, Payload, String> selector,
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
                "The bucket '%s' is an alias of '%s', so it can't also be a bucket to store to or read from"
                    .formatted(former, present));
          }
        });
    readable = ImmutableMap.copyOf(buckets);
  }

  /**
   * Returns an immutable copy of the names.
   *
   * @throws IllegalArgumentException if one is not the name of a bucket
   */
  public static Set<String> requireNames(Collection<String> buckets) {
    buckets.forEach(BucketName::require);
    return Set.copyOf(buckets);
  }

  /**
   * Returns the bucket to store a payload in.
   *
   * @throws StorageException if the selector returns a bucket that is not one of its own
   */
  public String select(StorageDriverStoreContext context, Payload payload) {
    String bucket = selector.apply(context, payload);
    if (!storing.contains(bucket)) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "The bucket selector returned the bucket '%s', which is not one of the buckets configured with it: %s"
              .formatted(bucket, storing));
    }
    return bucket;
  }

  /**
   * Returns the bucket to read from.
   *
   * @param bucket the bucket that a claim names
   * @throws IllegalArgumentException if the bucket is not configured
   */
  public String resolve(String bucket) {
    String present = readable.get(bucket);
    if (present == null) {
      throw new IllegalArgumentException(
          "the driver is not configured for the bucket %s; to allow it, add it with setReadOnlyBuckets or setBucketAliases"
              .formatted(Quoted.of(bucket)));
    }
    return present;
  }

  /**
   * Fails unless objects are in a bucket now.
   *
   * @param operation what was to be done there, such as {@code S3 list}
   */
  public void requirePresent(String bucket, String operation) {
    if (!present().contains(bucket)) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "%s rejected [bucket=%s]: the bucket is not one of the driver's"
              .formatted(operation, Quoted.of(bucket)));
    }
  }

  /** The buckets that objects are in now. */
  public Set<String> present() {
    return Set.copyOf(readable.values());
  }

  /** The buckets to store in, for logs. */
  @Override
  public String toString() {
    return "buckets=" + new TreeSet<>(storing);
  }
}
