package io.github.externalstorage.lifecycle;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.reference.EncodedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.ChainCodec;
import io.temporal.payload.codec.PayloadCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The storage and codecs of a Temporal namespace, as its workers and clients use them. Immutable
 * and thread-safe.
 */
public final class NamespaceStorage {

  private final String namespace;
  private final ExternalStorage storage;
  private final PayloadCodec preStorageCodec;
  private final PayloadCodec postStorageCodec;
  private final PayloadCodec bothCodecs;

  private NamespaceStorage(Builder builder) {
    namespace = builder.namespace;
    storage = builder.storage;
    preStorageCodec = orNone(builder.preStorageCodec);
    postStorageCodec = orNone(builder.postStorageCodec);
    bothCodecs = new ChainCodec(List.of(postStorageCodec, preStorageCodec));
  }

  /**
   * A builder with the defaults.
   *
   * @param namespace the name of the namespace, not blank
   * @param storage the storage of the namespace's workers and clients; closed by the caller
   * @throws IllegalArgumentException if the name is blank
   */
  public static Builder newBuilder(String namespace, ExternalStorage storage) {
    return new Builder(namespace, storage);
  }

  /** The name of the namespace. */
  public String getNamespace() {
    return namespace;
  }

  /** The storage; closed by the caller. */
  public ExternalStorage getStorage() {
    return storage;
  }

  /**
   * Undoes the codec after storage, so that {@link StorageReference} recognizes a reference.
   *
   * @throws StorageException with {@link Reason#INVALID_CLAIM} if the codec fails
   */
  Payload decodeReference(Payload payload) {
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
  Payload resolve(Payload decoded) {
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
  Payload decode(Payload resolved) {
    try {
      return apply(preStorageCodec::decode, resolved);
    } catch (StorageException e) {
      throw new StorageException(Reason.CORRUPTED, String.valueOf(e.getMessage()));
    }
  }

  /**
   * What the codec after storage makes of the metadata of a sample, to find out if it changed.
   * Equal in every process.
   */
  String describeCodec(Payload sample) {
    try {
      List<Map.Entry<String, ByteString>> metadata = encodedMetadata(sample);
      // Without what is different each time, such as a nonce.
      metadata.retainAll(encodedMetadata(sample));
      return metadata.stream()
          .map(
              entry ->
                  entry.getKey() + "=" + Hashing.sha256().hashBytes(entry.getValue().toByteArray()))
          .sorted()
          .toList()
          .toString();
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }

  private List<Map.Entry<String, ByteString>> encodedMetadata(Payload sample) {
    List<Map.Entry<String, ByteString>> metadata = new ArrayList<>();
    for (Payload encoded : postStorageCodec.encode(List.of(sample))) {
      metadata.addAll(encoded.getMetadataMap().entrySet());
    }
    return metadata;
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

  private static PayloadCodec orNone(@Nullable PayloadCodec codec) {
    return codec == null ? new ChainCodec(List.of()) : codec;
  }

  /** Builds a {@link NamespaceStorage}. Not thread-safe. */
  public static final class Builder {

    private final String namespace;
    private final ExternalStorage storage;
    private @Nullable PayloadCodec preStorageCodec;
    private @Nullable PayloadCodec postStorageCodec;

    private Builder(String namespace, ExternalStorage storage) {
      checkArgument(!namespace.isBlank(), "namespace must not be blank");
      this.namespace = namespace;
      this.storage = requireNonNull(storage, "storage");
    }

    /**
     * The codec of the workers' and clients' data converter, which encodes before payloads are
     * stored. Combine several with a {@link ChainCodec}. Default: none.
     */
    public Builder setPreStorageCodec(@Nullable PayloadCodec codec) {
      preStorageCodec = codec;
      return this;
    }

    /**
     * The codec of a proxy between workers and Temporal, which encodes references as well. Default:
     * none.
     */
    public Builder setPostStorageCodec(@Nullable PayloadCodec codec) {
      postStorageCodec = codec;
      return this;
    }

    /** Builds the settings. */
    public NamespaceStorage build() {
      return new NamespaceStorage(this);
    }
  }
}
