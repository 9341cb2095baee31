package io.github.externalstorage.s3;

import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies what is written into parts of the size that the network takes at once. In one piece, an
 * object would be copied whole once more on its way, and would need that much memory in a row. Not
 * thread-safe.
 */
final class ObjectParts extends OutputStream {

  private static final int PART_SIZE = 128 * 1024;

  private final List<ByteBuffer> parts = new ArrayList<>();
  private int bytesLeft;

  /**
   * @param size how many bytes will be written
   */
  ObjectParts(int size) {
    bytesLeft = size;
  }

  @Override
  public void write(int singleByte) {
    part().put((byte) singleByte);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int end = offset + length;
    for (int start = offset; start < end; ) {
      ByteBuffer part = part();
      int count = Math.min(part.remaining(), end - start);
      part.put(bytes, start, count);
      start += count;
    }
  }

  private ByteBuffer part() {
    if (parts.isEmpty() || !parts.get(parts.size() - 1).hasRemaining()) {
      int size = Math.min(PART_SIZE, bytesLeft);
      bytesLeft -= size;
      parts.add(ByteBuffer.allocate(size));
    }
    return parts.get(parts.size() - 1);
  }

  /** All parts, to be read from their beginning. Nothing may be written afterwards. */
  List<ByteBuffer> toBuffers() {
    return parts.stream().map(ByteBuffer::flip).toList();
  }
}
