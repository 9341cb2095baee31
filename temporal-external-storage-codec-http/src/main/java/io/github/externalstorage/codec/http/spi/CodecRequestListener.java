package io.github.externalstorage.codec.http.spi;

/**
 * Called after every request, for example for metrics. Implementations must be thread-safe and
 * quick. Exceptions are logged and do not affect the request.
 */
@FunctionalInterface
public interface CodecRequestListener {

  /** A request was completed, or its caller disconnected. */
  void onCompleted(CodecRequestEvent event);
}
