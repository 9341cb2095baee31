package io.github.externalstorage.internal.pipeline;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.util.Map;

/** Compares the serialized sizes of payloads with a threshold; most are far below it. */
public final class PayloadSize {

  /** An upper bound for tags and lengths, of the payload or of one of its entries. */
  private static final int FRAME = 32;

  private static final int MAX_BYTES_OF_A_CHARACTER = 3;

  private PayloadSize() {}

  public static boolean isAtLeast(Payload payload, int bytes) {
    // Computing the exact size of metadata builds messages.
    return mayBeAtLeast(payload, bytes) && payload.getSerializedSize() >= bytes;
  }

  private static boolean mayBeAtLeast(Payload payload, int bytes) {
    if (payload.getExternalPayloadsCount() > 0 || !payload.getUnknownFields().asMap().isEmpty()) {
      return true;
    }
    long most = FRAME + (long) payload.getData().size();
    for (Map.Entry<String, ByteString> entry : payload.getMetadataMap().entrySet()) {
      most += FRAME;
      most += (long) MAX_BYTES_OF_A_CHARACTER * entry.getKey().length() + entry.getValue().size();
    }
    return most >= bytes;
  }
}
