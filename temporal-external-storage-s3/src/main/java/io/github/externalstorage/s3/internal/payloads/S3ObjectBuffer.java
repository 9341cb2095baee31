package io.github.externalstorage.s3.internal.payloads;

import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.PayloadFormat;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.objects.ObjectBuffer;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Collects the content of an object and checks it. Not thread-safe. */
final class S3ObjectBuffer {

  private final S3Call call;
  private final HashCode sha256;
  private final int maxSize;
  private final ObjectBuffer content;

  /**
   * @param sha256 the hash that the content must have
   * @param maxSize the maximum size of the content, in bytes
   */
  S3ObjectBuffer(S3Call call, HashCode sha256, int maxSize) {
    this.call = call;
    this.sha256 = sha256;
    this.maxSize = maxSize;
    content = new ObjectBuffer(maxSize);
  }

  /**
   * Allocates memory for content of the expected size, at most the maximum. The actual size may
   * differ.
   */
  void allocate(int expectedSize) {
    content.allocate(expectedSize);
  }

  /**
   * @throws StorageException if the content becomes too large
   */
  void append(ByteBuffer chunk) {
    long size = content.append(chunk);
    if (size > maxSize) {
      throw call.tooLarge(size, maxSize);
    }
  }

  /**
   * Returns the content as a payload. Must be called last.
   *
   * @throws StorageException if the content's hash does not match the claim, or it is not a payload
   */
  Payload toPayload() {
    if (!content.sha256().equals(sha256)) {
      throw call.failure(S3Fault.CHANGED);
    }
    try {
      return PayloadFormat.parse(content.content());
    } catch (IOException e) {
      // Without the cause, whose message may quote the content.
      throw call.failure(S3Fault.UNPARSABLE);
    }
  }
}
