package io.github.externalstorage;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.converter.ConverterProbe;
import io.github.externalstorage.internal.converter.StorageWait;
import io.github.externalstorage.internal.converter.TargetResolver;
import io.github.externalstorage.internal.converter.WorkflowTaskError;
import io.github.externalstorage.internal.pipeline.PayloadSize;
import io.github.externalstorage.internal.pipeline.PayloadSizeLimit;
import io.github.externalstorage.internal.pipeline.PayloadStore;
import io.github.externalstorage.reference.MarkedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.context.SerializationContext;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * External storage as a payload codec, for SDK versions without native external storage. {@link
 * ExternalStoragePlugin} sets it up; use it directly only where no plugin can.
 *
 * <p>It must run after every other codec: first in the list of a {@link
 * io.temporal.common.converter.CodecDataConverter}, which encodes from last to first. On SDK 1.39
 * and later a worker or client refuses references written this way unless its native storage is
 * configured as well.
 *
 * <p>Encoding and decoding wait for the storage on the calling thread, with the workflow deadlock
 * detector off. While a workflow replays, nothing is stored: what it sends then goes nowhere. A
 * payload over the driver's maximum is refused with a non-retryable {@link
 * io.temporal.failure.ApplicationFailure} of type {@code PayloadTooLarge}; other failures are
 * {@link StorageException}s, which Temporal retries. On workflow threads those come as the cause of
 * an {@link Error}, which fails the workflow task: code that caught them would go another way than
 * its replays. Thread-safe and immutable.
 */
public final class ExternalStorageCodec implements PayloadCodec {

  private final ExternalStorage storage;
  private final StorageWait wait;
  private final boolean decodeOnly;
  private final boolean inlineWithoutContext;
  private final @Nullable PayloadCodec referenceCodec;
  private final @Nullable SerializationContext serializationContext;

  private ExternalStorageCodec(Builder builder) {
    this(
        builder.storage,
        new StorageWait(builder.maxWait),
        builder.decodeOnly,
        builder.inlineWithoutContext,
        builder.referenceCodec,
        null);
  }

  private ExternalStorageCodec(
      ExternalStorage storage,
      StorageWait wait,
      boolean decodeOnly,
      boolean inlineWithoutContext,
      @Nullable PayloadCodec referenceCodec,
      @Nullable SerializationContext serializationContext) {
    this.storage = storage;
    this.wait = wait;
    this.decodeOnly = decodeOnly;
    this.inlineWithoutContext = inlineWithoutContext;
    this.referenceCodec = referenceCodec;
    this.serializationContext = serializationContext;
  }

  /** A builder with the defaults. */
  public static Builder newBuilder(ExternalStorage storage) {
    return new Builder(storage);
  }

  @Override
  public ExternalStorageCodec withContext(SerializationContext context) {
    return new ExternalStorageCodec(
        storage, wait, decodeOnly, inlineWithoutContext, referenceCodec, context);
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return encode(payloads, serializationContext);
  }

  /** In a context without a codec of its own, since there is a context for each conversion. */
  public List<Payload> encode(List<Payload> payloads, @Nullable SerializationContext context) {
    if (ConverterProbe.sees(storage, payloads)) {
      return payloads;
    }
    if (!WorkflowUnsafe.isReplaying()) {
      storage.inlinePayloads().count(payloads, storage.getPayloadSizeThreshold(), context);
    }
    return !hasLarge(payloads)
        ? payloads
        : WorkflowTaskError.guard(() -> encodeLarge(payloads, context));
  }

  private boolean hasLarge(List<Payload> payloads) {
    for (Payload payload : payloads) {
      if (PayloadSize.isAtLeast(payload, storage.getPayloadSizeThreshold())) {
        return true;
      }
    }
    return false;
  }

  private List<Payload> encodeLarge(
      List<Payload> payloads, @Nullable SerializationContext context) {
    StorageDriverStoreContext storeContext =
        StorageDriverStoreContext.of(TargetResolver.resolve(context));
    PayloadStore store =
        new PayloadStore(storage, storeContext, payloads, PayloadSizeLimit::checkNonRetryable);
    return decodeOnly
            || (inlineWithoutContext && context == null)
            // What a replaying workflow sends is already in its history.
            || WorkflowUnsafe.isReplaying()
        ? payloads
        : wait.get(store::store, "store");
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return decode(payloads, serializationContext);
  }

  /** As {@link #encode(List, SerializationContext)}. */
  public List<Payload> decode(List<Payload> payloads, @Nullable SerializationContext context) {
    return hasReference(payloads)
        ? WorkflowTaskError.guard(() -> decodeReferences(payloads, context))
        : payloads;
  }

  private static boolean hasReference(List<Payload> payloads) {
    for (Payload payload : payloads) {
      if (StorageReference.isReference(payload) || MarkedReference.isMarked(payload)) {
        return true;
      }
    }
    return false;
  }

  private List<Payload> decodeReferences(
      List<Payload> payloads, @Nullable SerializationContext context) {
    List<Payload> readable = decodeMarked(payloads, context);
    return wait.get(
        () -> storage.retrieve(StorageDriverRetrieveContext.empty(), readable), "retrieve");
  }

  private List<Payload> decodeMarked(
      List<Payload> payloads, @Nullable SerializationContext context) {
    if (payloads.stream().noneMatch(MarkedReference::isMarked)) {
      return payloads;
    }
    if (referenceCodec == null) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "A reference was encoded by a payload codec after storage, and that codec is not"
              + " known here: set it with ExternalStorageCodec's setReferenceCodec");
    }
    return MarkedReference.decode(
        payloads, context == null ? referenceCodec : referenceCodec.withContext(context));
  }

  /** Builds an {@link ExternalStorageCodec}. Not thread-safe. */
  public static final class Builder {

    private final ExternalStorage storage;
    private Duration maxWait = Duration.ofMinutes(1);
    private boolean decodeOnly;
    private boolean inlineWithoutContext;
    private @Nullable PayloadCodec referenceCodec;

    private Builder(ExternalStorage storage) {
      this.storage = storage;
    }

    /**
     * The longest time that one call waits for the storage; then its requests are aborted and it
     * fails. Positive. Default: 1 minute. On workflow threads the workflow task timeout (10 s by
     * default) ends a wait's use earlier.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setMaxWait(Duration limit) {
      if (limit.isNegative() || limit.isZero()) {
        throw new IllegalArgumentException("maxWait must be positive: " + limit);
      }
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

    /**
     * Keeps inline what is encoded without a serialization context. In a schedule client that is
     * the schedule's own memo: the server's scheduler is a worker without storage, and would never
     * run a schedule with a reference there (seen with server 1.32).
     */
    Builder setInlineWithoutContext() {
      inlineWithoutContext = true;
      return this;
    }

    /** Builds the codec. */
    public ExternalStorageCodec build() {
      return new ExternalStorageCodec(this);
    }
  }
}
