package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Completes the requests that store payloads: encryption, tags, storage class, the bucket's
 * expected owner. Must be thread-safe and quick.
 */
@FunctionalInterface
public interface S3PutObjectCustomizer {

  /** Leaves requests as they are. */
  static S3PutObjectCustomizer none() {
    return (request, context, payload) -> {};
  }

  /**
   * Completes a request. Bucket, key and SHA-256 checksum are set already; bucket and key must stay
   * as they are.
   *
   * <p>With {@code ifNoneMatch("*")} an object that exists is not written again, which saves
   * versions in a versioned bucket. That it exists then counts as success. Its age is not renewed:
   * lifecycle rules must leave objects alone for longer than any workflow with equal payloads runs.
   *
   * @param request the request, to be completed
   * @param context what the payload belongs to
   * @param payload the payload, not to be changed
   */
  void customize(
      PutObjectRequest.Builder request, StorageDriverStoreContext context, Payload payload);
}
