package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;

/**
 * Chooses the bucket that a payload is stored to. Must be thread-safe, quick, and give the same
 * answer to the same question: it may be asked again when a request is made again.
 */
@FunctionalInterface
public interface S3BucketSelector {

  /**
   * The bucket for a payload.
   *
   * @param context what the payload belongs to
   * @param payload the payload
   * @return one of the buckets that were given to {@link S3StorageDriver.Builder#setBucketSelector}
   */
  String selectBucket(StorageDriverStoreContext context, Payload payload);
}
