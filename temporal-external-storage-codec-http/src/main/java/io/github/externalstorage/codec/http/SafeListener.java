package io.github.externalstorage.codec.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the access log, then a listener, whose defects must not become the caller's. */
record SafeListener(CodecRequestListener listener) implements CodecRequestListener {

  private static final Logger log = LoggerFactory.getLogger(SafeListener.class);
  private static final CodecRequestListener ACCESS_LOG = new AccessLog();

  @Override
  public void onCompleted(CompletedCodecRequest request) {
    ACCESS_LOG.onCompleted(request);
    try {
      listener.onCompleted(request);
    } catch (RuntimeException e) {
      log.warn("A listener failed", new RedactedException(e));
    }
  }
}
