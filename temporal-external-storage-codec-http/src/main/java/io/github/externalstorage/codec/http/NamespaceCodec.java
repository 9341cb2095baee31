package io.github.externalstorage.codec.http;

import static java.util.Objects.requireNonNull;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.codec.http.internal.payloads.NamespaceSettings;
import io.github.externalstorage.internal.text.NamespaceName;
import io.temporal.payload.codec.PayloadCodec;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The storage and codecs of a Temporal namespace, as its workers and clients use them, and which
 * stored payloads may be read for it. One instance may serve several namespaces. Immutable and
 * thread-safe.
 */
public final class NamespaceCodec {

  private final NamespaceSettings settings;

  private NamespaceCodec(Builder builder) {
    settings =
        new NamespaceSettings(
            builder.storage,
            NamespaceSettings.orNone(builder.preStorageCodec),
            NamespaceSettings.orNone(builder.postStorageCodec),
            builder.readableNamespaces,
            builder.keysWithoutNamespaceReadable);
  }

  /**
   * A builder with the defaults.
   *
   * @param storage the storage of the namespace's workers and clients; closed by the caller
   */
  public static Builder newBuilder(ExternalStorage storage) {
    return new Builder(storage);
  }

  /** The storage of the namespace's workers and clients. */
  public ExternalStorage getStorage() {
    return settings.storage();
  }

  /**
   * The codec that encodes before payloads are stored; one that changes nothing if none was set.
   */
  public PayloadCodec getPreStorageCodec() {
    return settings.preStorageCodec();
  }

  /** The codec that encodes after storage; one that changes nothing if none was set. */
  public PayloadCodec getPostStorageCodec() {
    return settings.postStorageCodec();
  }

  NamespaceSettings settings() {
    return settings;
  }

  /** Builds a {@link NamespaceCodec}. Not thread-safe. */
  public static final class Builder {

    private final ExternalStorage storage;
    private @Nullable PayloadCodec preStorageCodec;
    private @Nullable PayloadCodec postStorageCodec;
    private Set<String> readableNamespaces = Set.of();
    private boolean keysWithoutNamespaceReadable;

    private Builder(ExternalStorage storage) {
      this.storage = requireNonNull(storage, "storage");
    }

    /**
     * The codec of the workers' and clients' data converter, which encodes before payloads are
     * stored. Combine several with a {@link io.temporal.payload.codec.ChainCodec}. Default: none.
     *
     * <p>It is called with one payload at a time, so that the limit on decoded bytes holds. The
     * codec itself must limit how large a single payload can become. What a {@link
     * io.github.externalstorage.GzipPayloadCodec} decompresses in the calling thread counts towards
     * {@link CodecHandler.Builder#setMaxBytesInFlight} while it does so.
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

    /**
     * Other namespaces whose stored payloads may be read as well. The result of a Nexus operation,
     * for example, refers to the namespace that handled it. Default: none.
     *
     * @throws IllegalArgumentException if one is blank, or is the text {@code null}, which stands
     *     for an unknown namespace in the keys of stored payloads
     */
    public Builder setReadableNamespaces(Collection<String> namespaces) {
      namespaces.forEach(NamespaceName::require);
      readableNamespaces = Set.copyOf(namespaces);
      return this;
    }

    /**
     * Whether payloads without a namespace in their keys may be read, such as those that were
     * stored outside of any workflow. Everyone who may read any namespace of a shared bucket can
     * then read them. Default: false.
     */
    public Builder setKeysWithoutNamespaceReadable(boolean readable) {
      keysWithoutNamespaceReadable = readable;
      return this;
    }

    /** Builds the codec. */
    public NamespaceCodec build() {
      return new NamespaceCodec(this);
    }
  }
}
