package io.github.externalstorage.internal.gzip;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Accounts for the memory that a thread decompresses payloads into, so that a server can limit it.
 * A small payload can decompress to a thousand times its size, and the objects that Protobuf
 * creates from that can be several times larger again.
 */
public final class DecompressionMemory {

  /** The approximate size of a metadata entry, or another field, on the heap, in bytes. */
  private static final int FIELD_OVERHEAD = 200;

  /** The approximate heap size of other fields, per serialized byte. */
  private static final int NESTED_FACTOR = 16;

  private static final ThreadLocal<LongConsumer> meters =
      ThreadLocal.withInitial(() -> bytes -> {});

  private DecompressionMemory() {}

  /**
   * Does work in this thread.
   *
   * @param meter called with the number of bytes before the work allocates memory, and with a
   *     negative number after it released some; if it throws, the work ends
   */
  public static <T> T metered(LongConsumer meter, Supplier<T> work) {
    meters.set(meter);
    try {
      return work.get();
    } finally {
      meters.remove();
    }
  }

  /** Reports memory that is about to be allocated, or, as a negative number, was released. */
  static void add(long bytes) {
    meters.get().accept(bytes);
  }

  /**
   * Reports the memory that a payload takes when it is parsed, in addition to its bytes.
   *
   * @throws IOException if it is not a payload
   */
  public static void addParsed(ByteString payload) throws IOException {
    CodedInputStream in = payload.newCodedInput();
    long bytes = 0;
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      int start = in.getTotalBytesRead();
      in.skipField(tag);
      bytes +=
          switch (WireFormat.getTagFieldNumber(tag)) {
            case Payload.DATA_FIELD_NUMBER -> 0;
            case Payload.METADATA_FIELD_NUMBER -> FIELD_OVERHEAD;
            default -> FIELD_OVERHEAD + (in.getTotalBytesRead() - start) * (long) NESTED_FACTOR;
          };
    }
    add(bytes);
  }
}
