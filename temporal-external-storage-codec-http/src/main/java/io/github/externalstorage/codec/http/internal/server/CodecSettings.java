package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.payloads.NamespaceSettings;
import io.github.externalstorage.codec.http.spi.CodecAuthenticator;
import io.github.externalstorage.codec.http.spi.CodecRequestListener;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The settings of a handler. */
public record CodecSettings(
    Function<String, Optional<NamespaceSettings>> namespaces,
    @Nullable String defaultNamespace,
    Set<String> allowedOrigins,
    Set<String> allowedHosts,
    @Nullable CodecAuthenticator authenticator,
    boolean unauthenticatedAllowed,
    CodecRequestListener listener,
    boolean encodeEnabled,
    Limits limits) {

  /** Sizes in bytes, and times. */
  public record Limits(
      int maxBodySize,
      int maxPayloads,
      long maxDecodedSize,
      long maxBytesInFlight,
      int maxConcurrentRequests,
      int maxQueuedRequests,
      int maxConcurrentTransfers,
      Duration requestTimeout,
      Duration clientTimeout) {}
}
