package io.github.externalstorage.lifecycle;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.github.externalstorage.ExternalStorage;
import io.temporal.payload.codec.ChainCodec;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
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

  private NamespaceStorage(Builder builder) {
    namespace = builder.namespace;
    storage = builder.storage;
    preStorageCodec = orNone(builder.preStorageCodec);
    postStorageCodec = orNone(builder.postStorageCodec);
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
   * The codec that encodes before payloads are stored; one that changes nothing if none was set.
   */
  public PayloadCodec getPreStorageCodec() {
    return preStorageCodec;
  }

  /** The codec that encodes after storage; one that changes nothing if none was set. */
  public PayloadCodec getPostStorageCodec() {
    return postStorageCodec;
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
