package io.github.externalstorage.codec.http;

/** Is told of every request that was answered, for metrics. Thread-safe, quick, never throws. */
@FunctionalInterface
public interface CodecRequestListener {

  /** A request was answered, or the caller had gone when it was. */
  void onCompleted(CompletedCodecRequest request);
}
