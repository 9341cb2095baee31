package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.internal.gzip.DecompressionMemory;
import io.github.externalstorage.reference.EncodedReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.ChainCodec;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Applies a namespace's codecs to single payloads. The exceptions of a codec may quote the payload,
 * so the caller receives only their class names.
 */
final class PayloadCodecs {

  private final MemoryMeter memory;
  private final PayloadCodec preStorage;
  private final PayloadCodec postStorage;
  private final PayloadCodec both;

  PayloadCodecs(NamespaceSettings settings, MemoryMeter memory) {
    this.memory = memory;
    preStorage = settings.preStorageCodec();
    postStorage = settings.postStorageCodec();
    both = new ChainCodec(List.of(postStorage, preStorage));
  }

  Payload encodePreStorage(Payload payload, int index) {
    return apply(preStorage::encode, payload, index);
  }

  Payload encodePostStorage(Payload payload, int index) {
    return apply(postStorage::encode, payload, index);
  }

  /** Comes first when decoding, so that references can be recognized. */
  Payload decodePostStorage(Payload payload, int index) {
    Payload decoded =
        EncodedReference.isReference(payload)
            ? payload
            : apply(postStorage::decode, payload, index);
    return EncodedReference.isReference(decoded)
        ? apply(marked -> EncodedReference.decode(marked, both), decoded, index)
        : decoded;
  }

  Payload decodePreStorage(Payload payload, int index) {
    return apply(preStorage::decode, payload, index);
  }

  private Payload apply(UnaryOperator<List<Payload>> codec, Payload payload, int index) {
    List<Payload> result;
    try {
      result = DecompressionMemory.metered(memory::add, () -> codec.apply(List.of(payload)));
    } catch (HttpErrorException e) {
      // There is no memory for it.
      throw e;
    } catch (RuntimeException e) {
      throw error(index, "it failed with " + e.getClass().getName());
    }
    if (result.size() != 1) {
      throw error(index, "it returned %d payloads for one".formatted(result.size()));
    }
    return result.get(0);
  }

  private static HttpErrorException error(int index, String problem) {
    return new HttpErrorException(
        422, "payloads[%d] can't be processed by the codec: %s".formatted(index, problem));
  }
}
