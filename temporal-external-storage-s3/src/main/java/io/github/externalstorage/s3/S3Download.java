package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.s3.S3ObjectReceiver.Received;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Retrieves one object. Only the answer tells how large it is. Where there is no room for it yet,
 * the answer is dropped, and the request made again when there is: no server waits for long. It is
 * also made again if it gets no connection, as {@link S3Upload} does.
 */
final class S3Download {

  private final SingleAttemptClient client;
  private final S3Call call;
  private final int maxSize;
  private final TransferPace pace;
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
      TransferPace pace,
      StorageDriverRetrieveContext context) {
    this.client = client;
    this.call = call;
    this.maxSize = maxSize;
    this.pace = pace;
    this.context = context;
  }

  /** The payload; cancel the future to abort the request. */
  CompletableFuture<Payload> start() {
    GetObjectRequest request =
        GetObjectRequest.builder()
            .bucket(call.object().bucket())
            .key(call.object().key().value())
            .build();
    TransferWatch watch =
        new TransferWatch(
            pace,
            Transfer.Kind.DOWNLOAD,
            () -> result.completeExceptionally(call.failure(S3Fault.STALLED)));
    CompletableFuture<Optional<Received>> answer =
        client.getObject(
            request,
            new S3ObjectReceiver(call, maxSize, this::hasRoom, watch::received),
            // What arrives is hashed, so that another answer can't be mistaken for it.
            new RequestGuard(call, headers -> true));
    watch.start();
    answer.whenComplete(
        (received, failure) -> {
          if (failure == null) {
            watch.answered();
            received.ifPresentOrElse(this::received, this::startAgain);
          } else {
            watch.end();
            failed(failure, watch);
          }
        });
    result.whenComplete(
        (payload, failure) -> {
          watch.end();
          answer.cancel(true);
        });
    return result;
  }

  /** Asks for room the first time; the second time it is there. */
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

  private void failed(Throwable failure, TransferWatch watch) {
    if (S3Call.isForLackOfConnections(failure) && watch.othersMoved() && !result.isDone()) {
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
