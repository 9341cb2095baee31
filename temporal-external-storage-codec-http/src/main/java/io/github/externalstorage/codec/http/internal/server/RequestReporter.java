package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.protocol.RedactedException;
import io.github.externalstorage.codec.http.spi.CodecRequestEvent;
import io.github.externalstorage.codec.http.spi.CodecRequestListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the access log, then calls a listener, whose exceptions do not fail the request. */
record RequestReporter(CodecRequestListener listener) {

  private static final Logger log = LoggerFactory.getLogger(RequestReporter.class);

  void report(CodecRequestEvent event) {
    AccessLog.write(event);
    try {
      listener.onCompleted(event);
    } catch (RuntimeException e) {
      log.warn("A listener failed", new RedactedException(e));
    }
  }
}
