package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.PayloadContent;
import io.temporal.api.common.v1.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Serializes and hashes a payload once for all calls that store it. Thread-safe.
 *
 * <p>Only this very instance of the payload is recognized. A driver around a driver may pass on
 * another one, such as an encrypted one, with the same context.
 */
final class SharedContent {

  private @Nullable Payload payload;
  private @Nullable PayloadContent content;

  SharedContent(Payload payload) {
    this.payload = payload;
  }

  @SuppressWarnings("ReferenceEquality") // Comparing the content would take as long as hashing it.
  synchronized PayloadContent of(Payload stored) {
    if (stored != payload) {
      return PayloadContent.of(stored);
    }
    if (content == null) {
      content = PayloadContent.of(stored);
    }
    return content;
  }

  /** Drops payload and content, since a client's idle connection may keep the context of a call. */
  synchronized void release() {
    payload = null;
    content = null;
  }
}
