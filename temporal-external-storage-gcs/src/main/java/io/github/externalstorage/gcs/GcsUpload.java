package io.github.externalstorage.gcs;

import com.google.protobuf.Struct;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.internal.transfers.Transfer;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** Stores one object with one request. */
final class GcsUpload {

  private final GcsClient client;
  private final StallDetector detector;
  private final GcsCall call;
  private final StorageDriverStoreContext context;
  private final ObjectContent content;
  private final CompletableFuture<StorageDriverClaim> result = new CompletableFuture<>();

  GcsUpload(
      GcsClient client,
      StallDetector detector,
      GcsCall call,
      StorageDriverStoreContext context,
      ObjectContent content) {
    this.client = client;
    this.detector = detector;
    this.call = call;
    this.context = context;
    this.content = content;
  }

  /**
   * Sends the request. The future completes when the object is stored; cancelling it aborts the
   * request.
   */
  CompletableFuture<StorageDriverClaim> start() {
    Instant start = Instant.now();
    StallWatch watch =
        new StallWatch(
            detector,
            Transfer.Kind.UPLOAD,
            () -> result.completeExceptionally(call.failure(GcsFault.STALLED)));
    // The JDK's client opens connections without a limit, so there is no time to wait for one.
    watch.connected();
    String crc32c = content.crc32c();
    UploadBody body = new UploadBody(call.object().key().getValue(), content, crc32c, watch::sent);
    HttpRequest request =
        HttpRequest.newBuilder(call.endpoint().upload(call.object().bucket()))
            .header("Content-Type", body.contentType())
            .POST(body.publisher())
            .build();
    CompletableFuture<String> attempt = client.send(call, request, response -> new LimitedText());
    watch.start();
    attempt.whenComplete(
        (response, failure) -> {
          if (failure != null) {
            watch.end();
            result.completeExceptionally(call.translate(failure));
          } else if (body.isSent() && confirms(response, crc32c)) {
            watch.completed();
            context.reportStoredAt(start);
            result.complete(call.object());
          } else {
            watch.end();
            result.completeExceptionally(call.failure(GcsFault.MISMATCHED_RESPONSE));
          }
        });
    result.whenComplete(
        (claim, failure) -> {
          watch.end();
          attempt.cancel(true);
        });
    return result;
  }

  /** Whether the response describes the object that was sent. */
  private boolean confirms(String response, String crc32c) {
    Struct object = GcsError.json(response);
    return GcsError.string(object, "bucket").equals(call.object().bucket())
        && GcsError.string(object, "name").equals(call.object().key().getValue())
        && GcsError.string(object, "size").equals(String.valueOf(content.bytes().size()))
        && GcsError.string(object, "crc32c").equals(crc32c);
  }
}
