package io.github.externalstorage;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.converter.CodecSettings;
import io.github.externalstorage.internal.converter.StorageCodec;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.context.SerializationContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * External storage as a payload codec, for SDK versions without native external storage. {@link
 * ExternalStoragePlugin} sets it up; use it directly only where no plugin can.
 *
 * <p>It must run after every other codec: first in the list of a {@link
 * io.temporal.common.converter.CodecDataConverter}, which encodes from last to first. On SDK 1.39
 * and later a worker or client rejects references written this way unless its native storage is
 * configured as well.
 *
 * <p>Encoding and decoding wait for the storage on the calling thread, with the workflow deadlock
 * detector off. While a workflow replays, nothing is stored, since its history already contains
 * what it sends. A payload over the driver's maximum fails with a non-retryable {@link
 * io.temporal.failure.ApplicationFailure} of type {@code PayloadTooLarge}; other failures are
 * {@link StorageException}s, which Temporal retries. On workflow threads, an {@link Error} with
 * such a cause fails the workflow task: workflow code that could catch it would not be
 * deterministic. Thread-safe and immutable.
 */
public final class ExternalStorageCodec implements PayloadCodec {

  private final StorageCodec codec;

  private ExternalStorageCodec(StorageCodec codec) {
    this.codec = codec;
  }

  /** A builder with the defaults. */
  public static Builder newBuilder(ExternalStorage storage) {
    return new Builder(storage);
  }

  @Override
  public ExternalStorageCodec withContext(SerializationContext context) {
    return new ExternalStorageCodec(codec.withContext(context));
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return codec.encode(payloads);
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return codec.decode(payloads);
  }

  /** Builds an {@link ExternalStorageCodec}. Not thread-safe. */
  public static final class Builder {

    private final ExternalStorage storage;
    private Duration maxWait = Duration.ofMinutes(1);
    private boolean decodeOnly;
    private @Nullable PayloadCodec referenceCodec;

    private Builder(ExternalStorage storage) {
      this.storage = requireNonNull(storage, "storage");
    }

    /**
     * The longest time that one call waits for the storage; then its requests are aborted and it
     * fails. Positive. Default: 1 minute. On workflow threads, waiting longer than the workflow
     * task timeout (10 s by default) is of no use.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setMaxWait(Duration limit) {
      checkArgument(limit.compareTo(Duration.ZERO) > 0, "maxWait must be positive, not %s", limit);
      maxWait = limit;
      return this;
    }

    /**
     * Whether only references are resolved and nothing is stored, for a converter whose payloads
     * the SDK stores natively. Default: false.
     */
    public Builder setDecodeOnly(boolean enabled) {
      decodeOnly = enabled;
      return this;
    }

    /**
     * The codec of this application's payloads, for references that were encoded with it after
     * storage. Default: none, and such a reference is an error.
     */
    public Builder setReferenceCodec(@Nullable PayloadCodec codec) {
      referenceCodec = codec;
      return this;
    }

    /** Builds the codec. */
    public ExternalStorageCodec build() {
      return new ExternalStorageCodec(new StorageCodec(storage.pipeline(), settings()));
    }

    CodecSettings settings() {
      return new CodecSettings(maxWait, decodeOnly, false, referenceCodec);
    }
  }
}
