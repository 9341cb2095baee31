package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.s3.S3ObjectReceiver.Received;
import io.temporal.api.common.v1.Payload;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Retrieves one object. Its size is known only when the response begins. If there is no memory for
 * it yet, the response is discarded and the request is sent again once there is, so that no server
 * has to wait.
 */
final class S3Download {

  private final S3Requests requests;
  private final S3Call call;
  private final S3Claim object;
  private final int maxSize;
  private final StorageDriverRetrieveContext context;
  private volatile @Nullable CompletableFuture<Void> room;

  /**
   * @param call the retrieval
   */
  S3Download(
      S3Requests requests,
      S3Call call,
      S3Claim object,
      int maxSize,
      StorageDriverRetrieveContext context) {
    this.requests = requests;
    this.call = call;
    this.object = object;
    this.maxSize = maxSize;
    this.context = context;
  }

  /** Sends the request and returns the payload; cancelling the future aborts the request. */
  CompletableFuture<Payload> start() {
    GetObjectRequest request =
        GetObjectRequest.builder().bucket(call.bucket()).key(call.key()).build();
    return Futures.flatMap(
        // The content's hash is checked, so the response to another request can't be accepted.
        requests.send(
            call,
            (client, guard, watch) ->
                client.getObject(
                    request,
                    new S3ObjectReceiver(
                        call, object.sha256(), maxSize, this::hasRoom, watch::received),
                    guard)),
        received -> received.map(this::received).orElseGet(this::startAgain));
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

  private CompletableFuture<Payload> startAgain() {
    // A copy, since the reservation is not for this class to cancel.
    return Futures.flatMap(Objects.requireNonNull(room).copy(), reserved -> start());
  }

  private CompletableFuture<Payload> received(Received received) {
    if (received.lastModified() != null) {
      context.reportStoredAt(received.lastModified());
    }
    return CompletableFuture.completedFuture(received.takePayload());
  }
}
