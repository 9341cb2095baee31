package io.github.externalstorage.internal.gzip;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Decompresses gzip (RFC 1952) within a limit. The JDK's {@code GZIPInputStream} is not safe for
 * untrusted input: it recurses at each empty member until the stack overflows, and ignores whatever
 * follows the last member, even one that is cut off. Here only members and zeros may follow, as in
 * Python.
 */
public final class GzipReader {

  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HAS_HEADER_CRC = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int TRAILER_SIZE = 8;

  /** The highest compression ratio of deflate, so that a small input can't claim a large buffer. */
  private static final long MAX_RATIO = 1032;

  private final ByteBuffer in;
  private final int limit;
  private byte[] out;
  private int size;

  private GzipReader(ByteString data, int limit) {
    in = data.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    this.limit = limit;
    int capacity = expectedSize(in, limit);
    DecompressionMemory.add(capacity);
    out = new byte[capacity];
  }

  /**
   * Decompresses.
   *
   * @param limit the largest result, in bytes
   * @throws PayloadCodecException if the data is damaged or the result larger
   */
  public static ByteString decompress(ByteString data, int limit) {
    return new GzipReader(data, limit).read();
  }

  private ByteString read() {
    Inflater inflater = new Inflater(true);
    try {
      do {
        readMember(inflater);
        inflater.reset();
      } while (hasAnotherMember());
    } catch (DataFormatException e) {
      throw damaged("its compressed data is damaged");
    } catch (BufferUnderflowException e) {
      throw damaged("it is cut off");
    } finally {
      inflater.end();
    }
    if (size < out.length) {
      resize(size);
    }
    return UnsafeByteOperations.unsafeWrap(out);
  }

  private void readMember(Inflater inflater) throws DataFormatException {
    skipHeader();
    int start = size;
    inflater.setInput(in);
    while (!inflater.finished()) {
      if (size == out.length && out.length < limit) {
        resize((int) Math.min(limit, Math.max(1024, 2L * out.length)));
      }
      inflate(inflater);
    }
    CRC32 crc = new CRC32();
    crc.update(out, start, size - start);
    if (in.getInt() != (int) crc.getValue() || in.getInt() != size - start) {
      throw damaged("its checksum or length does not match");
    }
  }

  private void resize(int capacity) {
    DecompressionMemory.add(capacity);
    int before = out.length;
    out = Arrays.copyOf(out, capacity);
    DecompressionMemory.add(-before);
  }

  private void inflate(Inflater inflater) throws DataFormatException {
    if (size == limit) {
      // Full: what is left may only be the end marker.
      if (inflater.inflate(new byte[1]) > 0) {
        throw new PayloadCodecException(
            "A payload of encoding binary/gzip is larger than the limit of %s bytes when decompressed; see GzipPayloadCodec's setMaxDecompressedSize"
                .formatted(limit));
      }
    } else {
      size += inflater.inflate(out, size, out.length - size);
    }
    if (!inflater.finished() && inflater.needsInput()) {
      throw new BufferUnderflowException();
    }
    if (inflater.needsDictionary()) {
      throw new DataFormatException();
    }
  }

  private void skipHeader() {
    if (Short.toUnsignedInt(in.getShort()) != MAGIC || in.get() != DEFLATE) {
      throw damaged("it does not begin with a gzip header");
    }
    int flags = in.get();
    skip(6);
    if ((flags & HAS_EXTRA) != 0) {
      skip(Short.toUnsignedInt(in.getShort()));
    }
    if ((flags & HAS_NAME) != 0) {
      skipString();
    }
    if ((flags & HAS_COMMENT) != 0) {
      skipString();
    }
    if ((flags & HAS_HEADER_CRC) != 0) {
      skip(2);
    }
  }

  private void skip(int count) {
    if (in.remaining() < count) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + count);
  }

  private void skipString() {
    while (in.get() != 0) {}
  }

  private boolean hasAnotherMember() {
    while (in.hasRemaining() && in.get(in.position()) == 0) {
      in.get();
    }
    return in.hasRemaining();
  }

  /** The size that the trailer states, as far as it is plausible. */
  private static int expectedSize(ByteBuffer in, int limit) {
    if (in.remaining() < TRAILER_SIZE) {
      return 0;
    }
    long stated = Integer.toUnsignedLong(in.getInt(in.limit() - Integer.BYTES));
    return (int) Math.min(Math.min(stated, limit), in.remaining() * MAX_RATIO);
  }

  private static PayloadCodecException damaged(String how) {
    return new PayloadCodecException(
        "A payload of encoding binary/gzip can't be decompressed: " + how);
  }
}
