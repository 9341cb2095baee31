package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.protocol.CodecRequest;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationRequest;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Authenticated;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Forbidden;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Unauthenticated;
import io.github.externalstorage.codec.http.spi.CodecAuthenticator;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Calls the authenticator. Without one, only callers on this machine are served, unless something
 * in front of the server authenticates callers.
 */
record Authentication(@Nullable CodecAuthenticator authenticator, boolean unauthenticatedAllowed) {

  /** Whether callers on other machines are served at all. */
  boolean admitsOtherMachines() {
    return authenticator != null || unauthenticatedAllowed;
  }

  /**
   * Rejects a request from another machine if nothing authenticates callers.
   *
   * @throws HttpErrorException 403
   */
  void checkRemoteAccess(CodecRequest request) {
    if (!request.loopback() && !admitsOtherMachines()) {
      throw new HttpErrorException(
          403,
          "This server has no authentication, so it serves clients on its own machine only; see"
              + " CodecHandler's setAuthenticator and setUnauthenticatedAllowed");
    }
  }

  /**
   * Accepts or rejects a request.
   *
   * @throws HttpErrorException 401, 403, or 503 if there is no decision
   */
  void check(CodecOperation operation, CodecExchange exchange) {
    if (authenticator == null) {
      return;
    }
    CodecAuthenticationResult result =
        decide(authenticator, new Request(operation, exchange.namespace, exchange.request()));
    if (result instanceof Authenticated authenticated) {
      exchange.subject = authenticated.subject();
    } else if (result instanceof Forbidden forbidden) {
      exchange.subject = forbidden.subject();
      throw new HttpErrorException(403, forbidden.message());
    } else if (result instanceof Unauthenticated unauthenticated) {
      throw new HttpErrorException(401, unauthenticated.message())
          .with("WWW-Authenticate", "Bearer");
    }
  }

  private static CodecAuthenticationResult decide(
      CodecAuthenticator authenticator, CodecAuthenticationRequest request) {
    try {
      return authenticator.authenticate(request);
    } catch (RuntimeException e) {
      throw new HttpErrorException(503, "Authentication is not available now; try again", e)
          .with("Retry-After", "1");
    }
  }

  private record Request(CodecOperation operation, @Nullable String namespace, CodecRequest request)
      implements CodecAuthenticationRequest {

    @Override
    public CodecOperation getOperation() {
      return operation;
    }

    @Override
    public Optional<String> getNamespace() {
      return Optional.ofNullable(namespace);
    }

    @Override
    public List<String> getHeaders(String name) {
      return List.copyOf(request.headers().getOrDefault(name, List.of()));
    }
  }
}
