package io.github.externalstorage.lifecycle.internal.storage;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.reference.EncodedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.ChainCodec;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** Undoes what the codecs and the storage of a namespace did to payloads. Thread-safe. */
public final class PayloadDecoder {

  private final ExternalStorage storage;
  private final PayloadCodec preStorageCodec;
  private final PayloadCodec postStorageCodec;
  private final PayloadCodec bothCodecs;

  public PayloadDecoder(NamespaceStorage namespace) {
    storage = namespace.getStorage();
    preStorageCodec = namespace.getPreStorageCodec();
    postStorageCodec = namespace.getPostStorageCodec();
    bothCodecs = new ChainCodec(List.of(postStorageCodec, preStorageCodec));
  }

  /**
   * Undoes the codec after storage, so that {@link StorageReference} recognizes a reference.
   *
   * @throws StorageException with {@link Reason#INVALID_CLAIM} if the codec fails
   */
  public Payload decodeReference(Payload payload) {
    Payload decoded =
        EncodedReference.isReference(payload) ? payload : apply(postStorageCodec::decode, payload);
    return EncodedReference.isReference(decoded)
        ? apply(marked -> EncodedReference.decode(marked, bothCodecs), decoded)
        : decoded;
  }

  /**
   * Replaces a reference with the payload as it was stored; other payloads are returned unchanged.
   * Blocks until the payload is retrieved.
   *
   * @param decoded what {@link #decodeReference} returned
   * @throws StorageException if it can't be read
   */
  public Payload resolve(Payload decoded) {
    if (!StorageReference.isReference(decoded)) {
      return decoded;
    }
    try {
      return storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(decoded)).join().get(0);
    } catch (CompletionException e) {
      throw Futures.unwrap(e) instanceof StorageException cause ? cause : e;
    }
  }

  /**
   * Undoes the codec before storage.
   *
   * @throws StorageException with {@link Reason#CORRUPTED} if the codec fails
   */
  public Payload decode(Payload resolved) {
    try {
      return apply(preStorageCodec::decode, resolved);
    } catch (StorageException e) {
      throw new StorageException(Reason.CORRUPTED, String.valueOf(e.getMessage()));
    }
  }

  private static Payload apply(UnaryOperator<List<Payload>> codec, Payload payload) {
    List<Payload> result;
    try {
      result = codec.apply(List.of(payload));
    } catch (StorageException e) {
      throw e;
    } catch (RuntimeException e) {
      // The exceptions of a codec may quote the payload.
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "A payload can't be decoded by the configured codec, which failed with "
              + e.getClass().getName());
    }
    if (result.size() != 1) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "A payload can't be decoded by the configured codec, which returned %s payloads for one"
              .formatted(result.size()));
    }
    return result.get(0);
  }
}
