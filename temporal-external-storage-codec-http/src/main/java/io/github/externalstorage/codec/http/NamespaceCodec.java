package io.github.externalstorage.codec.http;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.internal.text.NamespaceName;
import io.temporal.payload.codec.PayloadCodec;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a codec server does for a Temporal namespace: the storage and codecs that its workers and
 * clients use, and whose stored payloads it may read. One may serve several namespaces. Immutable
 * and thread-safe.
 */
public final class NamespaceCodec {

  private final ExternalStorage storage;
  private final @Nullable PayloadCodec preStorageCodec;
  private final @Nullable PayloadCodec postStorageCodec;
  private final Set<String> readableNamespaces;
  private final boolean keysWithoutNamespaceReadable;

  private NamespaceCodec(Builder builder) {
    storage = builder.storage;
    preStorageCodec = builder.preStorageCodec;
    postStorageCodec = builder.postStorageCodec;
    readableNamespaces = builder.readableNamespaces;
    keysWithoutNamespaceReadable = builder.keysWithoutNamespaceReadable;
  }

  /**
   * A builder with the defaults.
   *
   * @param storage the storage of the namespace's workers and clients; closing it stays the
   *     caller's
   */
  public static Builder newBuilder(ExternalStorage storage) {
    return new Builder(storage);
  }

  ExternalStorage storage() {
    return storage;
  }

  @Nullable PayloadCodec preStorageCodec() {
    return preStorageCodec;
  }

  @Nullable PayloadCodec postStorageCodec() {
    return postStorageCodec;
  }

  Set<String> readableNamespaces() {
    return readableNamespaces;
  }

  boolean keysWithoutNamespaceReadable() {
    return keysWithoutNamespaceReadable;
  }

  /** Builds a {@link NamespaceCodec}. Not thread-safe. */
  public static final class Builder {

    private final ExternalStorage storage;
    private @Nullable PayloadCodec preStorageCodec;
    private @Nullable PayloadCodec postStorageCodec;
    private Set<String> readableNamespaces = Set.of();
    private boolean keysWithoutNamespaceReadable;

    private Builder(ExternalStorage storage) {
      this.storage = storage;
    }

    /**
     * The codec of the workers' and clients' data converter, which encodes before payloads are
     * stored. Several go into a {@link io.temporal.payload.codec.ChainCodec}. Default: none.
     *
     * <p>It decodes one payload at a time, so that the limit on decoded bytes holds. What a single
     * payload may decode to is the codec's own limit, such as {@link
     * io.github.externalstorage.GzipPayloadCodec.Builder#setMaxDecompressedSize}.
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
     * Other namespaces whose stored payloads may be read as well. A Nexus operation's result, for
     * one, is a reference to the namespace that handled it. Default: none.
     *
     * @throws IllegalArgumentException if one is blank, or {@code null}, which stands for an
     *     unknown namespace in the keys of stored payloads
     */
    public Builder setReadableNamespaces(Collection<String> namespaces) {
      namespaces.forEach(NamespaceName::require);
      readableNamespaces = Set.copyOf(namespaces);
      return this;
    }

    /**
     * Whether payloads may be read whose keys name no namespace, as those that were stored without
     * a known workflow. Whoever may use any namespace of a shared bucket can then read them.
     * Default: false.
     */
    public Builder setKeysWithoutNamespaceReadable(boolean readable) {
      keysWithoutNamespaceReadable = readable;
      return this;
    }

    /** Builds it. */
    public NamespaceCodec build() {
      return new NamespaceCodec(this);
    }
  }
}
