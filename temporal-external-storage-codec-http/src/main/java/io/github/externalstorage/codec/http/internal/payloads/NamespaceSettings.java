package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.ExternalStorage;
import io.temporal.payload.codec.ChainCodec;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the payloads of a namespace are processed, and which stored ones may be read. */
public record NamespaceSettings(
    ExternalStorage storage,
    PayloadCodec preStorageCodec,
    PayloadCodec postStorageCodec,
    Set<String> readableNamespaces,
    boolean keysWithoutNamespaceReadable) {

  public static PayloadCodec orNone(@Nullable PayloadCodec codec) {
    return codec == null ? new ChainCodec(List.of()) : codec;
  }
}
