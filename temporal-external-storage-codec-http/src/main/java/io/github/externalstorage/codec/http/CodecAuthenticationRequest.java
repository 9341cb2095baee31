package io.github.externalstorage.codec.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a {@link CodecAuthenticator} is told about a request. Immutable. */
public final class CodecAuthenticationRequest {

  private final CodecOperation operation;
  private final @Nullable String namespace;
  private final Headers headers;

  CodecAuthenticationRequest(
      CodecOperation operation, @Nullable String namespace, Headers headers) {
    this.operation = operation;
    this.namespace = namespace;
    this.headers = headers;
  }

  /** What is asked for. */
  public CodecOperation getOperation() {
    return operation;
  }

  /**
   * The namespace that is asked for, or the default one; nobody has checked whether it exists.
   * Empty if the request names none and there is no default: it will not be served.
   */
  public Optional<String> getNamespace() {
    return Optional.ofNullable(namespace);
  }

  /** The values of a header in their order, its name in any case; empty if it is not there. */
  public List<String> getHeaders(String name) {
    return List.copyOf(headers.getOrDefault(name, List.of()));
  }
}
