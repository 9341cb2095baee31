package io.github.externalstorage.gcs;

import com.google.protobuf.Struct;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.internal.transfers.Transfer;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Describes an object without reading it. */
final class GcsDescription {

  private final GcsClient client;
  private final GcsCall call;
  private final StallDetector detector;
  private final CompletableFuture<StoredObject> result = new CompletableFuture<>();

  /**
   * @param call the description
   */
  GcsDescription(GcsClient client, GcsCall call, StallDetector detector) {
    this.client = client;
    this.call = call;
    this.detector = detector;
  }

  /** Sends the request; cancelling the future aborts it. */
  CompletableFuture<StoredObject> start() {
    StallWatch watch =
        new StallWatch(
            detector,
            Transfer.Kind.DOWNLOAD,
            () -> result.completeExceptionally(call.failure(GcsFault.STALLED)));
    CompletableFuture<String> attempt =
        client.send(
            call,
            HttpRequest.newBuilder(call.endpoint().metadata(call.object())).build(),
            response -> new LimitedText());
    watch.start();
    attempt.whenComplete(
        (response, failure) -> {
          watch.completed();
          if (failure == null) {
            described(response);
          } else {
            result.completeExceptionally(call.translate(failure));
          }
        });
    result.whenComplete(
        (object, failure) -> {
          watch.end();
          attempt.cancel(true);
        });
    return result;
  }

  private void described(String response) {
    Struct object = GcsError.json(response);
    try {
      result.complete(
          new StoredObject(
              Long.parseLong(GcsError.string(object, "size")),
              Instant.parse(GcsError.string(object, "timeCreated"))));
    } catch (RuntimeException e) {
      result.completeExceptionally(call.failure(GcsFault.MISMATCHED_RESPONSE));
    }
  }
}
