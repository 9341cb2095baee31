package io.github.externalstorage.internal.converter;

import com.google.common.base.Ascii;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.converter.ConverterProbe.Position;
import io.github.externalstorage.internal.messages.PayloadFields;
import io.github.externalstorage.internal.pipeline.StoragePipeline;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.SerializationContext;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A user's data converter with the storage codec outermost; its class shows that it is already
 * wrapped. Payloads that the codec returns unchanged, as it does nearly all of them, are not
 * copied.
 */
public final class StorageDataConverter implements DataConverter {

  private static final int MAX_QUOTED_FAILURE = 200;

  private final DataConverter converter;
  private final StorageCodec codec;
  private final StoragePipeline pipeline;
  private final @Nullable SerializationContext context;

  private StorageDataConverter(
      DataConverter converter,
      StorageCodec codec,
      StoragePipeline pipeline,
      @Nullable SerializationContext context) {
    this.converter = converter;
    this.codec = codec;
    this.pipeline = pipeline;
    this.context = context;
  }

  /**
   * Wraps a converter with the storage codec, exactly once.
   *
   * @param settings the settings of the storage codec
   * @throws IllegalStateException if the converter has another storage, or something in it runs
   *     after storage
   */
  public static DataConverter wrap(
      DataConverter converter, StoragePipeline pipeline, CodecSettings settings) {
    if (converter instanceof StorageDataConverter wrapped) {
      requireSame(wrapped.pipeline, pipeline);
      // Wrapped anew, since one client may only read and the other also store.
      return wrap(wrapped.converter, pipeline, settings);
    }
    ConverterProbe.Result found = ConverterProbe.locate(converter);
    if (found.pipeline() != null) {
      requireSame(found.pipeline(), pipeline);
    }
    return switch (found.position()) {
      case LAST -> converter;
      case NOT_LAST -> throw runsAfterStorage();
      case ABSENT ->
          new StorageDataConverter(
              converter,
              new StorageCodec(pipeline, settings.withReferenceCodec(payloadCodec(converter))),
              pipeline,
              null);
    };
  }

  /**
   * Checks the converter that a client really uses: a later plugin may have replaced it.
   *
   * @throws IllegalStateException if the storage is missing in it or is not last
   */
  public static void requireLast(@Nullable DataConverter converter) {
    if (converter instanceof StorageDataConverter) {
      return;
    }
    switch (converter == null ? Position.ABSENT : ConverterProbe.locate(converter).position()) {
      case LAST -> {}
      case NOT_LAST -> throw runsAfterStorage();
      case ABSENT ->
          throw new IllegalStateException(
              "The data converter was replaced after ExternalStoragePlugin had put the storage"
                  + " around it; put ExternalStoragePlugin last in setPlugins");
    }
  }

  @Override
  public DataConverter withContext(SerializationContext newContext) {
    return new StorageDataConverter(converter.withContext(newContext), codec, pipeline, newContext);
  }

  @Override
  public <T> Optional<Payload> toPayload(T value) {
    Optional<Payload> content = converter.toPayload(value);
    if (content.isEmpty()) {
      return content;
    }
    List<Payload> payloads = List.of(content.get());
    List<Payload> encoded = codec.encode(payloads, context);
    return encoded == payloads ? content : Optional.of(encoded.get(0));
  }

  @Override
  public <T> T fromPayload(Payload payload, Class<T> valueClass, Type valueType) {
    return converter.fromPayload(
        codec.decode(List.of(payload), context).get(0), valueClass, valueType);
  }

  @Override
  public Optional<Payloads> toPayloads(@Nullable Object... values) {
    Optional<Payloads> content = converter.toPayloads(values);
    return content.isEmpty()
        ? content
        : replace(content, codec.encode(content.get().getPayloadsList(), context));
  }

  @Override
  public <T> T fromPayloads(
      int index, Optional<Payloads> content, Class<T> valueType, Type valueGenericType) {
    return converter.fromPayloads(index, decode(content), valueType, valueGenericType);
  }

  @Override
  public @Nullable Object[] fromPayloads(
      Optional<Payloads> content, Class<?>[] parameterTypes, Type[] genericParameterTypes) {
    return converter.fromPayloads(decode(content), parameterTypes, genericParameterTypes);
  }

  private Optional<Payloads> decode(Optional<Payloads> content) {
    return content.isEmpty()
        ? content
        : replace(content, codec.decode(content.get().getPayloadsList(), context));
  }

  private static Optional<Payloads> replace(Optional<Payloads> content, List<Payload> payloads) {
    return payloads == content.get().getPayloadsList()
        ? content
        : Optional.of(Payloads.newBuilder().addAllPayloads(payloads).build());
  }

  /**
   * A failure whose payloads can't be stored becomes a failure to store them. The SDK expects no
   * exception here: an activity would report nothing until its timeout, and a workflow with details
   * that are too large would fail its task forever.
   */
  @Override
  public Failure exceptionToFailure(Throwable failure) {
    try {
      return encode(failure);
    } catch (ApplicationFailure unstorable) {
      ApplicationFailure tooLarge =
          ApplicationFailure.newNonRetryableFailure(
              unstorable.getOriginalMessage()
                  + ". It belongs to the failure "
                  + Ascii.truncate(failure.toString(), MAX_QUOTED_FAILURE, "..."),
              unstorable.getType());
      // If the stack trace is encoded with the message, it could make this failure too large as
      // well.
      tooLarge.setStackTrace(new StackTraceElement[0]);
      return encode(tooLarge);
    } catch (StorageException e) {
      if (context instanceof ActivitySerializationContext activity && !activity.isLocal()) {
        return encode(e);
      }
      // A workflow task, local activities included, is retried. A client gets the exception.
      throw e;
    }
  }

  @Override
  public RuntimeException failureToException(Failure failure) {
    return converter.failureToException(
        replacePayloads(failure, payloads -> codec.decode(payloads, context)));
  }

  private Failure encode(Throwable failure) {
    return replacePayloads(
        converter.exceptionToFailure(failure), payloads -> codec.encode(payloads, context));
  }

  /**
   * Replaces the payloads of a failure and its causes, wherever they are: in details, and in the
   * attributes that a converter encodes.
   *
   * @param replacement maps all of them at once to as many others in the same order
   */
  private static Failure replacePayloads(
      Failure failure, UnaryOperator<List<Payload>> replacement) {
    List<Payload> payloads = new ArrayList<>();
    PayloadFields.visit(failure, (path, payload) -> payloads.add(payload));
    List<Payload> replaced = replacement.apply(payloads);
    if (replaced == payloads) {
      return failure;
    }
    Iterator<Payload> next = replaced.iterator();
    return (Failure) PayloadFields.replace(failure, payload -> next.next());
  }

  private static void requireSame(StoragePipeline existing, StoragePipeline pipeline) {
    if (existing != pipeline) {
      throw new IllegalStateException(
          "The client already has another external storage; use one ExternalStorage for all, with"
              + " several drivers if need be");
    }
  }

  private static IllegalStateException runsAfterStorage() {
    return new IllegalStateException(
        "A codec of the data converter runs after external storage and would encode references,"
            + " so that no other SDK can read them; in a CodecDataConverter put the storage codec"
            + " first, in setPlugins put ExternalStoragePlugin last");
  }

  /** The codec that would have encoded a marked reference: a converter of codecs is one itself. */
  private static @Nullable PayloadCodec payloadCodec(DataConverter converter) {
    return converter instanceof PayloadCodec codec ? codec : null;
  }
}
