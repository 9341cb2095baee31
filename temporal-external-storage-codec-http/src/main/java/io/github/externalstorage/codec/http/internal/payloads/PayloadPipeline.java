package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.reference.StoredPayload;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Processes the payloads of one request. Encoding runs the pre-storage codec, the storage and the
 * post-storage codec; decoding runs them in reverse. References never reach the pre-storage codec.
 */
public final class PayloadPipeline {

  private final String namespace;
  private final ExternalStorage storage;
  private final PayloadCodecs codecs;
  private final ReferenceGuard guard;
  private final MemoryMeter memory;
  private final long maxDecodedSize;
  private long responseSize;
  private long decompressed;

  /**
   * @param maxDecodedSize the limit for all payloads of the response, in bytes
   */
  public PayloadPipeline(
      String namespace, NamespaceSettings settings, long maxDecodedSize, MemoryMeter memory) {
    this.namespace = namespace;
    this.memory = memory;
    this.maxDecodedSize = maxDecodedSize;
    storage = settings.storage();
    codecs = new PayloadCodecs(settings, this::addDecompressed);
    guard = new ReferenceGuard(namespace, settings);
  }

  public List<Payload> encode(List<Payload> payloads) {
    List<Payload> encoded =
        each(
            payloads,
            (payload, i) ->
                StorageReference.isReference(payload) ? payload : encodePreStorage(payload, i));
    return each(StorageCall.await(storage.store(target(), encoded)), codecs::encodePostStorage);
  }

  private Payload encodePreStorage(Payload payload, int index) {
    Payload encoded = codecs.encodePreStorage(payload, index);
    addToResponse(encoded, 0);
    return encoded;
  }

  /** Decodes, and leaves references as they are. */
  public List<Payload> decodePreservingReferences(List<Payload> payloads) {
    return each(
        each(payloads, codecs::decodePostStorage),
        (payload, i) -> StorageReference.isReference(payload) ? payload : decode(payload, i));
  }

  /** Decodes, and resolves references. */
  public List<Payload> decode(List<Payload> payloads) {
    return resolve(each(payloads, codecs::decodePostStorage), reference -> {});
  }

  /** Resolves references, and reports each that is accepted. */
  public List<Payload> download(List<Payload> payloads, Consumer<StorageReference> admitted) {
    List<Payload> references = each(payloads, codecs::decodePostStorage);
    for (int i = 0; i < references.size(); i++) {
      if (!StorageReference.isReference(references.get(i))) {
        throw HttpErrorException.malformed(
            "payloads[%d] is not a reference; only references can be downloaded".formatted(i));
      }
    }
    return resolve(references, admitted);
  }

  private List<Payload> resolve(List<Payload> payloads, Consumer<StorageReference> admitted) {
    List<StoredPayload> references = new ArrayList<>();
    for (int i = 0; i < payloads.size(); i++) {
      Payload payload = payloads.get(i);
      if (StorageReference.isReference(payload)) {
        StoredPayload stored = guard.admit(payload, i);
        admitted.accept(stored.getReference());
        references.add(stored);
      }
    }
    try (ReferenceRetrieval retrieval = new ReferenceRetrieval(references, memory)) {
      return each(
          payloads,
          (payload, i) ->
              StorageReference.isReference(payload)
                  ? decodeNext(retrieval, i)
                  : decode(payload, i));
    }
  }

  @SuppressWarnings("ReferenceEquality") // equal ones could be two in memory
  private Payload decodeNext(ReferenceRetrieval retrieval, int index) {
    Payload retrieved = retrieval.next();
    long before = decompressed;
    Payload decoded = codecs.decodePreStorage(retrieved, index);
    addToResponse(decoded, decoded == retrieved ? retrieval.keep() : decompressed - before);
    return decoded;
  }

  private Payload decode(Payload payload, int index) {
    long before = decompressed;
    Payload decoded = codecs.decodePreStorage(payload, index);
    addToResponse(decoded, decompressed - before);
    return decoded;
  }

  /**
   * @param held how much of the payload's memory is accounted for already, in bytes
   */
  private void addToResponse(Payload payload, long held) {
    int size = payload.getSerializedSize();
    responseSize += size;
    if (responseSize > maxDecodedSize) {
      throw new HttpErrorException(
          413,
          "The payloads have more than the %d bytes that a response may have"
              .formatted(maxDecodedSize));
    }
    memory.add(Math.max(0, size - held));
  }

  private void addDecompressed(long bytes) {
    memory.add(bytes);
    decompressed += bytes;
  }

  /** Only the namespace of the payloads is known here, not their workflow. */
  private StorageDriverStoreContext target() {
    return StorageDriverStoreContext.of(new StorageDriverWorkflowInfo(namespace, null, null, null));
  }

  private static List<Payload> each(List<Payload> payloads, Step step) {
    List<Payload> result = new ArrayList<>(payloads.size());
    for (int i = 0; i < payloads.size(); i++) {
      result.add(step.apply(payloads.get(i), i));
    }
    return result;
  }

  @FunctionalInterface
  private interface Step {
    Payload apply(Payload payload, int index);
  }
}
