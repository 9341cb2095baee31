package io.github.externalstorage.s3.internal.payloads;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.internal.transfers.Transfer;
import io.github.externalstorage.s3.Samples;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3ClientLocation;
import io.github.externalstorage.s3.internal.requests.S3Operation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/** A response to a body that was not sent whole can't mean that the object is stored. */
final class WatchedBodyTest {

  private final List<Subscription> subscriptions = new ArrayList<>();

  @Test
  void isSentOnceEveryPartWasAccepted() {
    WatchedBody body = body(AsyncRequestBody.fromByteBuffers(part(3), part(5)));

    assertThat(body.isSent()).isFalse();
    body.subscribe(new Taker());
    assertThat(body.isSent()).isFalse();
    subscriptions.get(0).request(1);
    assertThat(body.isSent()).isFalse();
    subscriptions.get(0).request(1);
    assertThat(body.isSent()).isTrue();
  }

  @Test
  void isSentFromTheBeginningAgain() {
    WatchedBody body = body(AsyncRequestBody.fromByteBuffers(part(3)));
    body.subscribe(new Taker());
    subscriptions.get(0).request(1);

    body.subscribe(new Taker());

    assertThat(body.isSent()).isFalse();
    subscriptions.get(1).request(1);
    assertThat(body.isSent()).isTrue();
  }

  @Test
  void anEmptyBodyIsSent() {
    assertThat(body(AsyncRequestBody.empty()).isSent()).isTrue();
  }

  private static WatchedBody body(AsyncRequestBody content) {
    StallDetector detector = new StallDetector(Duration.ofMinutes(1), System.nanoTime());
    StallWatch watch = new StallWatch(detector, Transfer.Kind.UPLOAD, () -> {});
    return new WatchedBody(
        content,
        watch,
        new S3Call(S3Operation.STORE, Samples.BUCKET, "key", new S3ClientLocation(null, null)));
  }

  private static ByteBuffer part(int size) {
    return ByteBuffer.wrap(new byte[size]);
  }

  private final class Taker implements Subscriber<ByteBuffer> {
    @Override
    public void onSubscribe(Subscription subscription) {
      subscriptions.add(subscription);
    }

    @Override
    public void onNext(ByteBuffer part) {}

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onComplete() {}
  }
}
