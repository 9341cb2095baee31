package io.github.externalstorage.codec.http.spi;

import static java.util.Objects.requireNonNull;

/** The decision of a {@link CodecAuthenticator}. Immutable. */
public sealed interface CodecAuthenticationResult {

  /**
   * The request is accepted.
   *
   * @param subject the caller, for the access log
   */
  record Authenticated(String subject) implements CodecAuthenticationResult {
    public Authenticated {
      requireNonNull(subject, "subject");
    }
  }

  /**
   * The caller is unknown: the request gets status 401.
   *
   * @param message a sentence for the caller, without any part of a token
   */
  record Unauthenticated(String message) implements CodecAuthenticationResult {
    public Unauthenticated {
      requireNonNull(message, "message");
    }
  }

  /**
   * The caller is known but has no permission: the request gets status 403.
   *
   * @param subject the caller, for the access log
   * @param message a sentence for the caller
   */
  record Forbidden(String subject, String message) implements CodecAuthenticationResult {
    public Forbidden {
      requireNonNull(subject, "subject");
      requireNonNull(message, "message");
    }
  }
}
