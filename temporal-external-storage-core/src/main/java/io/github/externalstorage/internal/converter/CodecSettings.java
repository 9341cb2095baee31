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

  CodecSettings withReferenceCodec(@Nullable PayloadCodec codec) {
    return new CodecSettings(maxWait, decodeOnly, inlineWithoutContext, codec);
  }
}
