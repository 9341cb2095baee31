package io.github.externalstorage.s3;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.github.externalstorage.driver.StorageException;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Gathers the content of an object and hashes it on the way. Not thread-safe. */
final class S3ObjectBuffer {

  private final S3Call call;
  private final int maxSize;
  private final Hasher hasher = Hashing.sha256().newHasher();
  private byte[] bytes = {};
  private int size;

  /**
   * @param maxSize what the content may have at most
   */
  S3ObjectBuffer(S3Call call, int maxSize) {
    this.call = call;
    this.maxSize = maxSize;
  }

  /** Makes room for content of this size, at most the greatest; it may turn out to have another. */
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
   * The content as a payload. Nothing may be appended afterwards.
   *
   * @throws StorageException if the content has another hash or is not a payload
   */
  Payload toPayload() {
    if (!hasher.hash().equals(call.object().sha256())) {
      throw call.failure(S3Fault.CHANGED);
    }
    ByteString content = UnsafeByteOperations.unsafeWrap(bytes, 0, size);
    try {
      return S3ObjectBody.parse(content);
    } catch (IOException e) {
      // The parser's message may quote the content, so it does not travel along.
      throw call.failure(S3Fault.UNPARSABLE);
    }
  }
}
