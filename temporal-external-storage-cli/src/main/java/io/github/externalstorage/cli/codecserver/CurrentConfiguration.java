package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.CodecAuthenticationRequest;
import io.github.externalstorage.codec.http.CodecAuthenticationResult;
import io.github.externalstorage.codec.http.NamespaceCodec;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the running server asks, so that a reload is felt at the next request. Thread-safe. */
final class CurrentConfiguration {

  private final AtomicReference<@Nullable Configuration> current = new AtomicReference<>();

  Configuration get() {
    return Objects.requireNonNull(current.get(), "nothing was loaded");
  }

  void set(Configuration configuration) {
    current.set(configuration);
  }

  Optional<NamespaceCodec> find(String namespace) {
    return get().namespaces().find(namespace);
  }

  CodecAuthenticationResult authenticate(CodecAuthenticationRequest request) {
    return get().authenticator().orElseThrow().authenticate(request);
  }

  SSLContext sslContext() {
    return get().tls().orElseThrow().context();
  }
}
