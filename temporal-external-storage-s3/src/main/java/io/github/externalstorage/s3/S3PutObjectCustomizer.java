package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Customizes the requests that store payloads: encryption, tags, storage class, the bucket's
 * expected owner. Implementations must be thread-safe and must not block.
 */
@FunctionalInterface
public interface S3PutObjectCustomizer {

  /** A customizer that changes nothing. */
  static S3PutObjectCustomizer none() {
    return (request, context, payload) -> {};
  }

  /**
   * Customizes a request. Its bucket, key and SHA-256 checksum are already set. Changing the bucket
   * or the key makes storing fail.
   *
   * <p>With {@code ifNoneMatch("*")}, an object that already exists is not written again, which
   * avoids extra versions in a versioned bucket; storing then counts as successful. However, the
   * age of the existing object is not reset: lifecycle rules must keep objects for longer than any
   * workflow with equal payloads runs.
   *
   * @param request the request to customize
   * @param context the workflow or activity that the payload belongs to, if known
   * @param payload the payload that is stored
   */
  void customize(
      PutObjectRequest.Builder request, StorageDriverStoreContext context, Payload payload);
}
