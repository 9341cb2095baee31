package io.github.externalstorage.internal.objects;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects the content of an object and computes its hash. Not thread-safe. */
public final class ObjectBuffer {

  private final int maxSize;
  private final Hasher hasher = Hashing.sha256().newHasher();
  private byte[] bytes = {};
  private int size;

  /**
   * @param maxSize the maximum size of the content, in bytes
   */
  public ObjectBuffer(int maxSize) {
    this.maxSize = maxSize;
  }

  /**
   * Allocates memory for content of the expected size, at most the maximum. The actual size may
   * differ.
   */
  public void allocate(int expectedSize) {
    bytes = new byte[Math.min(expectedSize, maxSize)];
  }

  /**
   * Appends a chunk.
   *
   * @return the size that the content has now; if it exceeds the maximum, the chunk was not
   *     appended
   */
  public long append(ByteBuffer chunk) {
    int length = chunk.remaining();
    long newSize = (long) size + length;
    if (newSize > maxSize) {
      return newSize;
    }
    if (newSize > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(maxSize, Math.max(newSize, 2L * bytes.length)));
    }
    chunk.get(bytes, size, length);
    hasher.putBytes(bytes, size, length);
    size += length;
    return newSize;
  }

  /** The SHA-256 of the content. Can be called only once, when the content is complete. */
  public HashCode sha256() {
    return hasher.hash();
  }

  /** The content, without a copy. Nothing may be appended afterwards. */
  public ByteString content() {
    return UnsafeByteOperations.unsafeWrap(bytes, 0, size);
  }
}
