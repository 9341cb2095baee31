package io.github.externalstorage.codec.http.spi;

/**
 * Is called after every request, for metrics. Implementations are thread-safe and quick. Exceptions
 * are logged.
 */
@FunctionalInterface
public interface CodecRequestListener {

  /** A request was answered, or its caller disconnected before. */
  void onCompleted(CodecRequestEvent event);
}
