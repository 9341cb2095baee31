package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.internal.transfers.Transfer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.StorageClass;

/**
 * Describes an object without reading it. The error response to a HEAD has no body and so no code:
 * a missing bucket looks like a missing object. So if S3 responds with an error, the request is
 * repeated as a GET.
 */
final class S3Description {

  private static final String RESTORED = "ongoing-request=\"false\"";

  private final SingleAttemptClient client;
  private final S3Call call;
  private final StallDetector detector;
  private final Supplier<CompletableFuture<StoredObject>> byReading;
  private final CompletableFuture<StoredObject> result = new CompletableFuture<>();

  /**
   * @param call the description
   * @param byReading describes the object with a GET
   */
  S3Description(
      SingleAttemptClient client,
      S3Call call,
      StallDetector detector,
      Supplier<CompletableFuture<StoredObject>> byReading) {
    this.client = client;
    this.call = call;
    this.detector = detector;
    this.byReading = byReading;
  }

  /** Sends the request; cancelling the future aborts it. */
  CompletableFuture<StoredObject> start() {
    HeadObjectRequest request =
        HeadObjectRequest.builder()
            .bucket(call.object().bucket())
            .key(call.object().key().value())
            .build();
    StallWatch watch =
        new StallWatch(
            detector,
            Transfer.Kind.DOWNLOAD,
            () -> result.completeExceptionally(call.failure(S3Fault.STALLED)));
    CompletableFuture<HeadObjectResponse> attempt =
        client.headObject(request, new RequestGuard(call, headers -> true));
    watch.start();
    attempt.whenComplete(
        (response, failure) -> {
          if (failure == null) {
            watch.completed();
            described(response);
          } else if (Futures.unwrap(failure) instanceof AwsServiceException) {
            watch.completed();
            readInstead();
          } else {
            watch.end();
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

  private void described(HeadObjectResponse response) {
    StorageClass storageClass = response.storageClass();
    boolean isArchived =
        storageClass == StorageClass.GLACIER || storageClass == StorageClass.DEEP_ARCHIVE;
    if (isArchived && (response.restore() == null || !response.restore().contains(RESTORED))) {
      result.completeExceptionally(call.failure(S3Fault.ARCHIVED));
    } else if (response.contentLength() == null) {
      readInstead();
    } else {
      result.complete(new StoredObject(response.contentLength(), response.lastModified()));
    }
  }

  private void readInstead() {
    CompletableFuture<StoredObject> reading = byReading.get();
    Futures.cancelWith(result, reading);
    reading.whenComplete(
        (object, failure) -> {
          if (failure == null) {
            result.complete(object);
          } else {
            result.completeExceptionally(Futures.unwrap(failure));
          }
        });
  }
}
