package io.github.externalstorage.s3.internal.payloads;

import com.google.common.hash.HashCode;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.externalstorage.driver.PayloadFormat;
import io.github.externalstorage.internal.objects.ObjectBuffer;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.temporal.api.common.v1.Payload;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.async.SdkPublisher;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Receives the response to one request as a payload. If the object is too large, or there is no
 * memory for it, its content is not read. A client's idle connection keeps a reference to the
 * receiver of its last response, so the receiver must not reference anything large once the
 * response is complete.
 */
final class S3ObjectReceiver
    implements AsyncResponseTransformer<GetObjectResponse, Optional<S3ObjectReceiver.Received>>,
        Subscriber<ByteBuffer> {

  private static final int FIRST_SIZE_IF_UNKNOWN = 64 * 1024;

  private final S3Call call;
  private final HashCode sha256;
  private final int maxSize;
  private volatile IntPredicate admission;
  private volatile IntConsumer onReceived;
  private final CompletableFuture<Optional<Received>> result = new CompletableFuture<>();
  private volatile ObjectBuffer buffer;
  private @Nullable Long contentLength;
  private @Nullable Instant lastModified;
  private @Nullable Subscription subscription;

  /**
   * @param sha256 the hash that the object must have
   * @param maxSize the maximum size of the object, in bytes
   * @param admission called with the object's size in bytes before the object is read; if it
   *     returns false, the result is empty
   * @param onReceived called with the size of each chunk that arrives, in bytes
   */
  S3ObjectReceiver(
      S3Call call, HashCode sha256, int maxSize, IntPredicate admission, IntConsumer onReceived) {
    this.call = call;
    this.sha256 = sha256;
    this.maxSize = maxSize;
    this.admission = admission;
    this.onReceived = onReceived;
    buffer = new ObjectBuffer(maxSize);
    result.whenComplete((received, failure) -> release());
  }

  private void release() {
    buffer = new ObjectBuffer(maxSize);
    admission = size -> false;
    onReceived = size -> {};
  }

  @Override
  public CompletableFuture<Optional<Received>> prepare() {
    return result;
  }

  @Override
  public void onResponse(GetObjectResponse response) {
    onReceived.accept(0);
    contentLength = response.contentLength();
    lastModified = response.lastModified();
  }

  @Override
  public void onStream(SdkPublisher<ByteBuffer> content) {
    // If the request is cancelled from here on, the memory is not kept.
    ObjectBuffer target = buffer;
    long size = contentLength == null ? maxSize : contentLength;
    if (size > maxSize) {
      result.completeExceptionally(call.tooLarge(size, maxSize));
    } else if (!admission.test((int) size)) {
      result.complete(Optional.empty());
    } else {
      target.allocate(contentLength == null ? FIRST_SIZE_IF_UNKNOWN : (int) size);
    }
    content.subscribe(this);
  }

  @Override
  public void onSubscribe(Subscription newSubscription) {
    subscription = newSubscription;
    if (result.isDone()) {
      newSubscription.cancel();
    } else {
      newSubscription.request(Long.MAX_VALUE);
    }
  }

  @Override
  public void onNext(ByteBuffer chunk) {
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

  @Override
  public void onComplete() {
    ObjectBuffer received = buffer;
    if (!received.sha256().equals(sha256)) {
      result.completeExceptionally(call.failure(S3Fault.CHANGED));
      return;
    }
    Payload payload;
    try {
      payload = PayloadFormat.parse(received.content());
    } catch (InvalidProtocolBufferException e) {
      // Without the cause, whose message may quote the content.
      result.completeExceptionally(call.failure(S3Fault.UNPARSABLE));
      return;
    }
    // Before the caller is woken, who may need the memory.
    release();
    result.complete(Optional.of(new Received(payload, lastModified)));
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }

  @Override
  public void exceptionOccurred(Throwable failure) {
    result.completeExceptionally(failure);
  }

  /** A payload that was received completely and passed the integrity check. */
  static final class Received {

    private final @Nullable Instant lastModified;
    private @Nullable Payload payload;

    private Received(Payload payload, @Nullable Instant lastModified) {
      this.payload = payload;
      this.lastModified = lastModified;
    }

    /** Returns the payload and drops the reference to it. Can be called only once. */
    Payload takePayload() {
      Payload result = Objects.requireNonNull(payload);
      payload = null;
      return result;
    }

    /** The time when the object was written, null if unknown. */
    @Nullable Instant lastModified() {
      return lastModified;
    }
  }
}
