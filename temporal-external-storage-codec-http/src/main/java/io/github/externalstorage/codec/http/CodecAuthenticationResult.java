package io.github.externalstorage.codec.http;

/** What a {@link CodecAuthenticator} decided. */
public sealed interface CodecAuthenticationResult {

  /**
   * The request may go on.
   *
   * @param subject who asks, for the access log
   */
  record Authenticated(String subject) implements CodecAuthenticationResult {}

  /**
   * It is not known who asks: the request is answered 401.
   *
   * @param message a sentence for the caller, without any part of a token
   */
  record Unauthenticated(String message) implements CodecAuthenticationResult {}

  /**
   * It is known who asks, and they may not: the request is answered 403.
   *
   * @param subject who asks, for the access log
   * @param message a sentence for the caller
   */
  record Forbidden(String subject, String message) implements CodecAuthenticationResult {}
}
