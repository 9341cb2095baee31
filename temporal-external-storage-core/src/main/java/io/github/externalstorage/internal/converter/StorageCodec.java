package io.github.externalstorage.internal.converter;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.layers.RetrieveContext;
import io.github.externalstorage.internal.pipeline.StoragePipeline;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.github.externalstorage.reference.EncodedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.context.SerializationContext;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores and retrieves payloads while they are converted, waiting on the calling thread. */
public final class StorageCodec implements PayloadCodec {

  /** The failure type that callers see, and can name in a retry policy. */
  private static final String TOO_LARGE = "PayloadTooLarge";

  private final StoragePipeline pipeline;
  private final CodecSettings settings;
  private final @Nullable SerializationContext serializationContext;

  public StorageCodec(StoragePipeline pipeline, CodecSettings settings) {
    this(pipeline, settings, null);
  }

  private StorageCodec(
      StoragePipeline pipeline,
      CodecSettings settings,
      @Nullable SerializationContext serializationContext) {
    this.pipeline = pipeline;
    this.settings = settings;
    this.serializationContext = serializationContext;
  }

  @Override
  public StorageCodec withContext(SerializationContext context) {
    return new StorageCodec(pipeline, settings, context);
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return encode(payloads, serializationContext);
  }

  /** Like {@link #withContext}, but without a new codec for each conversion. */
  List<Payload> encode(List<Payload> payloads, @Nullable SerializationContext context) {
    if (ConverterProbe.record(pipeline, payloads)) {
      return payloads;
    }
    if (!WorkflowUnsafe.isReplaying()) {
      pipeline.inlinePayloads().count(payloads, context);
    }
    return !hasLarge(payloads)
        ? payloads
        : WorkflowTaskError.guard(() -> encodeLarge(payloads, context));
  }

  private boolean hasLarge(List<Payload> payloads) {
    for (Payload payload : payloads) {
      if (pipeline.isLarge(payload)) {
        return true;
      }
    }
    return false;
  }

  private List<Payload> encodeLarge(
      List<Payload> payloads, @Nullable SerializationContext context) {
    List<Supplier<CompletableFuture<Payload>>> stores = prepareStores(payloads, context);
    return stores.isEmpty()
            || (settings.inlineWithoutContext() && context == null)
            // What a replaying workflow sends is already in its history.
            || WorkflowUnsafe.isReplaying()
        ? payloads
        : new StorageWait(pipeline, settings.maxWait(), Operation.STORE, payloads)
            .run(TargetResolver.resolve(context), stores);
  }

  /**
   * Returns the calls that store the payloads. Runs on replay, too, although nothing is stored
   * then, so that a payload that is too large fails there as well.
   *
   * @return empty if the SDK stores, which then calls the selector itself
   */
  private List<Supplier<CompletableFuture<Payload>>> prepareStores(
      List<Payload> payloads, @Nullable SerializationContext context) {
    try {
      if (settings.decodeOnly()) {
        payloads.forEach(pipeline::requireStorable);
        return List.of();
      }
      return pipeline.prepareStores(
          StorageDriverStoreContext.of(TargetResolver.resolve(context)), payloads);
    } catch (StorageException e) {
      if (e.getReason() == Reason.TOO_LARGE) {
        // Temporal does not retry it, since no retry makes the payload smaller.
        throw ApplicationFailure.newNonRetryableFailure(e.getMessage(), TOO_LARGE);
      }
      throw e;
    }
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return decode(payloads, serializationContext);
  }

  /** As {@link #encode(List, SerializationContext)}. */
  List<Payload> decode(List<Payload> payloads, @Nullable SerializationContext context) {
    return hasReference(payloads)
        ? WorkflowTaskError.guard(() -> decodeReferences(payloads, context))
        : payloads;
  }

  private List<Payload> decodeReferences(
      List<Payload> payloads, @Nullable SerializationContext context) {
    StorageDriverTargetInfo target = TargetResolver.resolve(context);
    List<Payload> references = decodeMarked(payloads, context);
    List<Supplier<CompletableFuture<Payload>>> retrievals =
        pipeline.prepareRetrievals(
            RetrieveContext.of(
                CancellationToken.none(), target == null ? null : target.namespace()),
            references);
    return new StorageWait(pipeline, settings.maxWait(), Operation.RETRIEVE, references)
        .run(target, retrievals);
  }

  private static boolean hasReference(List<Payload> payloads) {
    for (Payload payload : payloads) {
      if (StorageReference.isReference(payload) || EncodedReference.isReference(payload)) {
        return true;
      }
    }
    return false;
  }

  private List<Payload> decodeMarked(
      List<Payload> payloads, @Nullable SerializationContext context) {
    if (payloads.stream().noneMatch(EncodedReference::isReference)) {
      return payloads;
    }
    PayloadCodec codec = settings.referenceCodec();
    if (codec == null) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "A reference was encoded by a payload codec after storage, and that codec is not"
              + " known here: set it with ExternalStorageCodec's setReferenceCodec");
    }
    return EncodedReference.decode(payloads, context == null ? codec : codec.withContext(context));
  }
}
