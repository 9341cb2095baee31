package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;

/**
 * Chooses the bucket that a payload is stored in. Implementations must be thread-safe, must not
 * block, and must return the same bucket for the same arguments: a retry calls the selector again.
 */
@FunctionalInterface
public interface S3BucketSelector {

  /**
   * Returns the bucket for a payload.
   *
   * @param context the workflow or activity that the payload belongs to, if known
   * @param payload the payload
   * @return one of the buckets that were passed to {@link
   *     S3StorageDriver.Builder#setBucketSelector}
   */
  String selectBucket(StorageDriverStoreContext context, Payload payload);
}
