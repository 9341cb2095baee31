package io.github.externalstorage.internal.converter;

import io.temporal.payload.codec.PayloadCodec;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a storage codec is set to; see {@code ExternalStorageCodec.Builder}. */
public record CodecSettings(
    Duration maxWait,
    boolean decodeOnly,
    boolean inlineWithoutContext,
    @Nullable PayloadCodec referenceCodec) {

  public CodecSettings withDecodeOnly(boolean enabled) {
    return new CodecSettings(maxWait, enabled, inlineWithoutContext, referenceCodec);
  }

  /**
   * Keeps inline what is encoded without a serialization context. In a schedule client that is the
   * schedule's own memo: the server's scheduler is a worker without storage, and would never run a
   * schedule with a reference there (seen with server 1.32).
   */
  public CodecSettings withInlineWithoutContext() {
    return new CodecSettings(maxWait, decodeOnly, true, referenceCodec);
  }

  CodecSettings withReferenceCodec(@Nullable PayloadCodec codec) {
    return new CodecSettings(maxWait, decodeOnly, inlineWithoutContext, codec);
  }
}
