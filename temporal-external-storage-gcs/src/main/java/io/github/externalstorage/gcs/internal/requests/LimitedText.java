package io.github.externalstorage.gcs.internal.requests;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Receives a short text; of a longer one, the beginning. */
public final class LimitedText implements BodySubscriber<String> {

  private static final int DEFAULT_MAX_BYTES = 64 * 1024;

  private final int maxBytes;
  private final IntConsumer onReceived;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CompletableFuture<String> result = new CompletableFuture<>();
  private Flow.@Nullable Subscription subscription;

  public LimitedText() {
    this(DEFAULT_MAX_BYTES, count -> {});
  }

  /**
   * @param onReceived called with the size of each chunk that arrives, in bytes
   */
  public LimitedText(int maxBytes, IntConsumer onReceived) {
    this.maxBytes = maxBytes;
    this.onReceived = onReceived;
  }

  @Override
  public CompletionStage<String> getBody() {
    return result;
  }

  @Override
  public void onSubscribe(Flow.Subscription newSubscription) {
    subscription = newSubscription;
    newSubscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> chunks) {
    for (ByteBuffer chunk : chunks) {
      onReceived.accept(chunk.remaining());
      byte[] part = new byte[Math.min(chunk.remaining(), maxBytes - bytes.size())];
      chunk.get(part);
      bytes.writeBytes(part);
    }
    if (bytes.size() == maxBytes && subscription != null) {
      subscription.cancel();
      onComplete();
    }
  }

  @Override
  public void onComplete() {
    result.complete(bytes.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void onError(Throwable failure) {
    result.completeExceptionally(failure);
  }
}
