package io.github.externalstorage.s3.internal.payloads;

import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncRequestBodySplitConfiguration;
import software.amazon.awssdk.core.async.SdkPublisher;

/**
 * A request body that reports its progress. A client's idle connection keeps a reference to its
 * last request, so the content must be released at the end.
 */
final class WatchedBody implements AsyncRequestBody {

  private record Source(AsyncRequestBody content, StallWatch watch) {}

  private final S3Call call;
  private final Optional<Long> contentLength;
  private final String contentType;
  private volatile @Nullable Source source;

  /** Bytes that were passed to the network since the last subscription. */
  private final AtomicLong sent = new AtomicLong();

  WatchedBody(AsyncRequestBody content, StallWatch watch, S3Call call) {
    this.call = call;
    contentLength = content.contentLength();
    contentType = content.contentType();
    source = new Source(content, watch);
  }

  /** Releases the content when the request has ended. */
  void release() {
    source = null;
  }

  @Override
  public Optional<Long> contentLength() {
    return contentLength;
  }

  @Override
  public String contentType() {
    return contentType;
  }

  /** Whether the whole body was passed to the network. A server can't have stored it before. */
  boolean isSent() {
    return contentLength.filter(length -> sent.get() == length).isPresent();
  }

  /** For clients with which {@link RequestGuard} does not see that an object is to be split. */
  @Override
  @SuppressWarnings("deprecation") // Such clients are of versions in which it is not.
  public SdkPublisher<AsyncRequestBody> split(AsyncRequestBodySplitConfiguration configuration) {
    return SdkPublisher.fromIterable(List.<AsyncRequestBody>of(this))
        .map(
            whole -> {
              throw call.failure(S3Fault.SPLIT);
            });
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    Source current = source;
    if (current == null) {
      AsyncRequestBody.empty().subscribe(subscriber);
      return;
    }
    StallWatch watch = current.watch;
    watch.connected();
    sent.set(0);
    current
        .content
        .map(
            part -> {
              sent.addAndGet(part.remaining());
              watch.sent(part.remaining());
              return part;
            })
        .subscribe(subscriber);
  }
}
