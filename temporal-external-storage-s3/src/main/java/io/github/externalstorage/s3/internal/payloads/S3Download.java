package io.github.externalstorage.s3.internal.payloads;

import com.google.common.hash.HashCode;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.MemoryReservation;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.s3.internal.payloads.S3ObjectReceiver.Received;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;

/**
 * Retrieves one object. The request is sent again if there is no memory for the object yet, see
 * {@link MemoryReservation}.
 */
public final class S3Download {

  private final S3Requests requests;
  private final S3Call call;
  private final ObjectClaim object;
  private final int maxSize;
  private final StorageDriverRetrieveContext context;
  private final MemoryReservation memory;

  public S3Download(
      S3Requests requests,
      S3Call call,
      ObjectClaim object,
      int maxSize,
      StorageDriverRetrieveContext context) {
    this.requests = requests;
    this.call = call;
    this.object = object;
    this.maxSize = maxSize;
    this.context = context;
    memory = new MemoryReservation(context);
  }

  /** Sends the request and returns the payload; cancelling the future aborts the request. */
  public CompletableFuture<Payload> start() {
    return Futures.flatMap(
        // The content's hash is checked, so the response to another request can't be accepted.
        requests.send(
            call,
            (client, configuration, watch) ->
                client.getObject(
                    GetObjectRequest.builder()
                        .bucket(call.bucket())
                        .key(call.key())
                        .overrideConfiguration(configuration)
                        .build(),
                    new S3ObjectReceiver(
                        call,
                        HashCode.fromString(object.key().getSha256()),
                        maxSize,
                        memory::isReserved,
                        watch::received))),
        received -> received.map(this::received).orElseGet(this::startAgain));
  }

  private CompletableFuture<Payload> startAgain() {
    return Futures.flatMap(memory.whenReserved(), reserved -> start());
  }

  private CompletableFuture<Payload> received(Received received) {
    if (received.lastModified() != null) {
      context.reportStoredAt(received.lastModified());
    }
    return CompletableFuture.completedFuture(received.takePayload());
  }
}
