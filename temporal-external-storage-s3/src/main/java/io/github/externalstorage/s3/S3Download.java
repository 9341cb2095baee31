package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.internal.transfers.Transfer;
import io.github.externalstorage.s3.S3ObjectReceiver.Received;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Retrieves one object. Its size is known only when the response begins. If there is no memory for
 * it yet, the response is discarded and the request is sent again once there is, so that no server
 * has to wait. As in {@link S3Upload}, a request that got no connection is also sent again.
 */
final class S3Download {

  private final SingleAttemptClient client;
  private final S3Call call;
  private final int maxSize;
  private final StallDetector detector;
  private final StorageDriverRetrieveContext context;
  private final CompletableFuture<Payload> result = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<Void> room;

  /**
   * @param call the retrieval
   */
  S3Download(
      SingleAttemptClient client,
      S3Call call,
      int maxSize,
      StallDetector detector,
      StorageDriverRetrieveContext context) {
    this.client = client;
    this.call = call;
    this.maxSize = maxSize;
    this.detector = detector;
    this.context = context;
  }

  /** Sends the request and returns the payload; cancelling the future aborts the request. */
  CompletableFuture<Payload> start() {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(call.object().bucket())
            .key(call.object().key().value())
            .build();
    StallWatch watch =
        new StallWatch(
            detector,
            Transfer.Kind.DOWNLOAD,
            () -> result.completeExceptionally(call.failure(S3Fault.STALLED)));
    CompletableFuture<Optional<Received>> attempt =
        client.getObject(
            request,
            new S3ObjectReceiver(call, maxSize, this::hasRoom, watch::received),
            // The content's hash is checked, so the response to another request can't be accepted.
            new RequestGuard(call, headers -> true));
    watch.start();
    attempt.whenComplete(
        (received, failure) -> {
          if (failure == null) {
            watch.completed();
            received.ifPresentOrElse(this::received, this::startAgain);
          } else {
            watch.end();
            failed(failure, watch);
          }
        });
    result.whenComplete(
        (payload, failure) -> {
          watch.end();
          attempt.cancel(true);
        });
    return result;
  }

  /** Reserves memory on the first call. By the second call, the reservation is complete. */
  private boolean hasRoom(int size) {
    CompletableFuture<Void> reservation = room;
    if (reservation == null) {
      reservation = context.reserve(size);
      room = reservation;
    }
    return reservation.isDone();
  }

  private void startAgain() {
    if (room != null) {
      room.thenRun(this::start).exceptionally(this::failed);
    }
  }

  private void received(Received received) {
    if (received.lastModified() != null) {
      context.reportStoredAt(received.lastModified());
    }
    result.complete(received.takePayload());
  }

  private void failed(Throwable failure, StallWatch watch) {
    if (S3Call.isForLackOfConnections(failure) && watch.othersProgressed() && !result.isDone()) {
      start();
    } else {
      failed(failure);
    }
  }

  private @Nullable Void failed(Throwable failure) {
    result.completeExceptionally(call.translate(failure));
    return null;
  }
}
