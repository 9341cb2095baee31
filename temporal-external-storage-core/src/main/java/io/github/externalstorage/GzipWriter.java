package io.github.externalstorage;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Compresses messages to gzip (RFC 1952). What the deflater writes to is the result: the JDK's
 * stream would copy it once more.
 */
final class GzipWriter extends OutputStream {

  /** Magic, method, no flags, no time (equal payloads are equal), an unknown operating system. */
  private static final ByteString HEADER =
      ByteString.copyFrom(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff});

  private static final int MAX_CHUNK = 64 * 1024;
  private static final int MIN_CHUNK = 512;

  private final Deflater deflater;
  private final CRC32 crc = new CRC32();
  private final List<ByteString> parts = new ArrayList<>();
  private byte[] chunk;
  private int size;

  private GzipWriter(Deflater deflater, int messageSize) {
    this.deflater = deflater;
    chunk = new byte[Math.min(MAX_CHUNK, Math.max(MIN_CHUNK, messageSize))];
    parts.add(HEADER);
  }

  static ByteString compress(MessageLite message, int level) {
    Deflater deflater = new Deflater(level, true);
    try {
      GzipWriter writer = new GzipWriter(deflater, message.getSerializedSize());
      message.writeTo(writer);
      return writer.finish();
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail like a file", e);
    } finally {
      deflater.end();
    }
  }

  @Override
  public void write(int oneByte) {
    write(new byte[] {(byte) oneByte}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    crc.update(bytes, offset, length);
    deflater.setInput(bytes, offset, length);
    while (!deflater.needsInput()) {
      deflate();
    }
  }

  private ByteString finish() {
    deflater.finish();
    while (!deflater.finished()) {
      deflate();
    }
    parts.add(UnsafeByteOperations.unsafeWrap(chunk, 0, size));
    ByteBuffer trailer = ByteBuffer.allocate(2 * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    trailer.putInt((int) crc.getValue()).putInt((int) deflater.getBytesRead()).flip();
    parts.add(UnsafeByteOperations.unsafeWrap(trailer));
    return ByteString.copyFrom(parts);
  }

  private void deflate() {
    if (size == chunk.length) {
      parts.add(UnsafeByteOperations.unsafeWrap(chunk));
      chunk = new byte[MAX_CHUNK];
      size = 0;
    }
    size += deflater.deflate(chunk, size, chunk.length - size);
  }
}
