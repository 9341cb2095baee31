package io.github.externalstorage.gcs.internal.payloads;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.externalstorage.driver.PayloadFormat;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsFault;
import io.github.externalstorage.internal.objects.ObjectBuffer;
import io.temporal.api.common.v1.Payload;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Receives the response to one request as a payload; an empty result means that there was no memory
 * for it. If the object is too large, or there is no memory for it, its content is not read.
 */
final class ObjectReceiver implements BodySubscriber<Optional<Payload>> {

  private static final int FIRST_SIZE_IF_UNKNOWN = 64 * 1024;

  private final GcsCall call;
  private final String sha256;
  private final int maxSize;
  private final IntConsumer onReceived;
  private final CompletableFuture<Optional<Payload>> result = new CompletableFuture<>();
  private final ObjectBuffer buffer;
  private Flow.@Nullable Subscription subscription;

  /**
   * @param call the retrieval
   * @param sha256 the hash that the object must have
   * @param maxSize the maximum size of the object, in bytes
   * @param admission called with the object's size in bytes before the object is read; if it
   *     returns false, the result is empty
   * @param onReceived called with the size of each chunk that arrives, in bytes
   */
  ObjectReceiver(
      GcsCall call,
      String sha256,
      ResponseInfo response,
      int maxSize,
      IntPredicate admission,
      IntConsumer onReceived) {
    this.call = call;
    this.sha256 = sha256;
    this.maxSize = maxSize;
    this.onReceived = onReceived;
    buffer = new ObjectBuffer(maxSize);
    onReceived.accept(0);
    long length = response.headers().firstValueAsLong("content-length").orElse(-1);
    if (length > maxSize) {
      result.completeExceptionally(call.tooLarge(length, maxSize));
    } else if (!admission.test(length < 0 ? maxSize : (int) length)) {
      result.complete(Optional.empty());
    } else {
      buffer.allocate(length < 0 ? FIRST_SIZE_IF_UNKNOWN : (int) length);
    }
  }

  @Override
  public CompletionStage<Optional<Payload>> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    if (result.isDone()) {
      newSubscription.cancel();
    } else {
      newSubscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(List<ByteBuffer> chunks) {
    for (ByteBuffer chunk : chunks) {
      if (result.isDone()) {
        return;
      }
      onReceived.accept(chunk.remaining());
      long size = buffer.append(chunk);
      if (size > maxSize) {
        result.completeExceptionally(call.tooLarge(size, maxSize));
        if (subscription != null) {
          subscription.cancel();
        }
      }
    }
  }

  @Override
  public void onComplete() {
    if (result.isDone()) {
      return;
    }
    try {
      result.complete(Optional.of(payload()));
    } catch (StorageException e) {
      result.completeExceptionally(e);
    }
  }

  private Payload payload() {
    if (!buffer.sha256().toString().equals(sha256)) {
      throw call.failure(GcsFault.CHANGED);
    }
    try {
      return PayloadFormat.parse(buffer.content());
    } catch (InvalidProtocolBufferException e) {
      // Without the cause, whose message may quote the content.
      throw call.failure(GcsFault.UNPARSABLE);
    }
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }
}
