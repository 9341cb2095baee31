package io.github.externalstorage.reference;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageException;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * References that a payload codec encoded after storage, as later SDK releases will write them:
 * payloads of any encoding with the metadata {@code __temporal_external_storage_reference} = {@code
 * true}. The codec that encoded them makes them readable again. Thread-safe, if the codec is.
 */
public final class EncodedReference {

  private static final String MARKER = "__temporal_external_storage_reference";
  private static final ByteString TRUE = ByteString.copyFromUtf8("true");

  private EncodedReference() {}

  /** Whether a payload is a reference that a codec has to decode first. */
  public static boolean isReference(Payload payload) {
    return TRUE.equals(payload.getMetadataMap().get(MARKER));
  }

  /**
   * Decodes the marked references of a list; the other payloads stay as they are.
   *
   * @param codec the codec that encodes this application's payloads
   * @return the payloads in their order, every reference readable by {@link StorageReference#parse}
   * @throws StorageException with {@link StorageException.Reason#INVALID_CLAIM} if a marked payload
   *     does not decode to a reference
   */
  public static List<Payload> decode(List<Payload> payloads, PayloadCodec codec) {
    if (payloads.stream().noneMatch(EncodedReference::isReference)) {
      return payloads;
    }
    List<Payload> result = new ArrayList<>(payloads.size());
    for (Payload payload : payloads) {
      result.add(isReference(payload) ? decode(payload, codec) : payload);
    }
    return result;
  }

  private static Payload decode(Payload marked, PayloadCodec codec) {
    Payload encoded = marked.toBuilder().removeMetadata(MARKER).clearExternalPayloads().build();
    List<Payload> decoded = codec.decode(List.of(encoded));
    if (decoded.size() != 1 || !StorageReference.isReference(decoded.get(0))) {
      throw new StorageException(
          StorageException.Reason.INVALID_CLAIM,
          "A payload is marked as an external storage reference, but the payload codec did not"
              + " decode it to one: is the codec the one that encoded it?");
    }
    // The codec does not encode these details, from which the Web UI shows the size.
    return decoded.get(0).toBuilder()
        .clearExternalPayloads()
        .addAllExternalPayloads(marked.getExternalPayloadsList())
        .build();
  }
}
