package io.github.externalstorage.s3;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.externalstorage.driver.PayloadFormat;
import io.github.externalstorage.driver.StorageException;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the content of an object and computes its hash. Not thread-safe. */
final class S3ObjectBuffer {

  private final S3Call call;
  private final int maxSize;
  private final Hasher hasher = Hashing.sha256().newHasher();
  private byte[] bytes = {};
  private int size;

  /**
   * @param maxSize the maximum size of the content, in bytes
   */
  S3ObjectBuffer(S3Call call, int maxSize) {
    this.call = call;
    this.maxSize = maxSize;
  }

  /**
   * Allocates memory for content of the expected size, at most the maximum. The actual size may
   * differ.
   */
  void allocate(int expectedSize) {
    bytes = new byte[Math.min(expectedSize, maxSize)];
  }

  /**
   * @throws StorageException if the content becomes too large
   */
  void append(ByteBuffer chunk) {
    int length = chunk.remaining();
    long newSize = (long) size + length;
    if (newSize > maxSize) {
      throw call.tooLarge(newSize, maxSize);
    }
    if (newSize > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(maxSize, Math.max(newSize, 2L * bytes.length)));
    }
    chunk.get(bytes, size, length);
    hasher.putBytes(bytes, size, length);
    size += length;
  }

  /**
   * Returns the content as a payload. Must be called last.
   *
   * @throws StorageException if the content's hash does not match the claim, or it is not a payload
   */
  Payload toPayload() {
    if (!hasher.hash().equals(call.object().sha256())) {
      throw call.failure(S3Fault.CHANGED);
    }
    ByteString content = UnsafeByteOperations.unsafeWrap(bytes, 0, size);
    try {
      return PayloadFormat.parse(content);
    } catch (IOException e) {
      // Without the cause, whose message may quote the content.
      throw call.failure(S3Fault.UNPARSABLE);
    }
  }
}
