package io.github.externalstorage.codec.http;

import io.github.externalstorage.codec.http.CodecAuthenticationResult.Authenticated;
import io.github.externalstorage.codec.http.CodecAuthenticationResult.Forbidden;
import io.github.externalstorage.codec.http.CodecAuthenticationResult.Unauthenticated;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the authenticator, if there is one, and keeps who it says is asking. */
record Authentication(@Nullable CodecAuthenticator authenticator) {

  private static final Logger log = LoggerFactory.getLogger(Authentication.class);

  /**
   * Lets a request pass or not.
   *
   * @throws Refusal 401, 403, or 503 if that can't be told
   */
  void check(CodecOperation operation, CodecExchange exchange) {
    if (authenticator == null) {
      return;
    }
    CodecAuthenticationResult result =
        ask(
            authenticator,
            new CodecAuthenticationRequest(
                operation, exchange.namespace, exchange.request().headers()));
    if (result instanceof Authenticated authenticated) {
      exchange.subject = authenticated.subject();
    } else if (result instanceof Forbidden forbidden) {
      exchange.subject = forbidden.subject();
      throw new Refusal(403, forbidden.message());
    } else if (result instanceof Unauthenticated unauthenticated) {
      throw new Refusal(401, unauthenticated.message()).with("WWW-Authenticate", "Bearer");
    }
  }

  private static CodecAuthenticationResult ask(
      CodecAuthenticator authenticator, CodecAuthenticationRequest request) {
    try {
      return authenticator.authenticate(request);
    } catch (RuntimeException e) {
      log.warn("The authenticator failed", new RedactedException(e));
      throw Refusal.overloaded("It can't be told now who is asking; try again");
    }
  }
}
