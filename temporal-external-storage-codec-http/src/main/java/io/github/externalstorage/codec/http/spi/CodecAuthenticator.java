package io.github.externalstorage.codec.http.spi;

/**
 * Decides which requests a codec server accepts. It is called before the body of a request is read.
 * Preflight requests and health checks are not authenticated. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface CodecAuthenticator {

  /**
   * Decides on a request. It may block for a moment, for example to fetch keys.
   *
   * @return the caller's identity, or the reason why the request is rejected. An exception means
   *     that no decision can be made now: the request gets status 503, without the exception's
   *     message.
   */
  CodecAuthenticationResult authenticate(CodecAuthenticationRequest request);
}
