package io.github.externalstorage.codec.http.spi;

import java.util.List;
import java.util.Optional;

/**
 * What a {@link CodecAuthenticator} decides on. Implemented by this library, which may add methods.
 * Thread-safe.
 */
public interface CodecAuthenticationRequest {

  /** The requested operation. */
  CodecOperation getOperation();

  /**
   * The namespace in the request, or else the default namespace; it need not exist. Empty if there
   * is neither: such a request gets status 404 once it is authenticated.
   */
  Optional<String> getNamespace();

  /** The values of a header, in their order; its name in any case. Empty if it is missing. */
  List<String> getHeaders(String name);
}
