package io.github.externalstorage.s3;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.reactivestreams.Subscriber;
import software.amazon.awssdk.core.async.AsyncRequestBody;

/**
 * A request body that reports its progress.
 *
 * @param onConnected called when the body begins to be sent, for which there has to be a connection
 * @param onSent given the size of each part that the network takes
 */
record WatchedBody(AsyncRequestBody content, Runnable onConnected, IntConsumer onSent)
    implements AsyncRequestBody {

  @Override
  public Optional<Long> contentLength() {
    return content.contentLength();
  }

  @Override
  public String contentType() {
    return content.contentType();
  }

  @Override
  public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
    onConnected.run();
    content
        .map(
            part -> {
              onSent.accept(part.remaining());
              return part;
            })
        .subscribe(subscriber);
  }
}
