package io.github.externalstorage.codec.http;

/**
 * Decides who may ask a codec server for what. It is asked before anything else is done for a
 * request, its body not yet read; preflight requests and health checks excepted. Thread-safe.
 */
@FunctionalInterface
public interface CodecAuthenticator {

  /**
   * Decides on a request. May wait for a moment, such as for keys that have to be fetched.
   *
   * @return who is asking, or why not. An exception means that no decision can be made now: the
   *     caller is answered 503, and its message is told to nobody.
   */
  CodecAuthenticationResult authenticate(CodecAuthenticationRequest request);
}
