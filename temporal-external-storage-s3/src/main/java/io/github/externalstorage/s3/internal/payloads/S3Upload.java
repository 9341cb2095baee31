package io.github.externalstorage.s3.internal.payloads;

import com.google.common.base.Throwables;
import com.google.common.io.BaseEncoding;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.internal.transfers.Transfer;
import io.github.externalstorage.s3.internal.claims.S3Claim;
import io.github.externalstorage.s3.internal.requests.RequestGuard;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import io.github.externalstorage.s3.internal.requests.SingleAttemptClient;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Stores one object. A request that gets no connection because all of the client's connections are
 * in use is sent again, as long as other requests make progress.
 */
public final class S3Upload {

  private static final String ANY_ETAG = "*";
  private static final int PRECONDITION_FAILED = 412;

  private final SingleAttemptClient client;
  private final StallDetector detector;
  private final S3Call call;
  private final S3Claim object;
  private final StorageDriverStoreContext context;
  private final S3ObjectBody body;
  private final StoreResponses responses;
  private final PutObjectRequest request;
  private final CompletableFuture<StorageDriverClaim> result = new CompletableFuture<>();

  /**
   * @param object the object to store
   * @param customization the user's changes to the request
   * @throws StorageException if the customization changes the bucket or the key
   */
  public S3Upload(
      SingleAttemptClient client,
      StallDetector detector,
      S3Call call,
      S3Claim object,
      StorageDriverStoreContext context,
      S3ObjectBody body,
      StoreResponses responses,
      Consumer<PutObjectRequest.Builder> customization) {
    this.client = client;
    this.detector = detector;
    this.call = call;
    this.object = object;
    this.context = context;
    this.body = body;
    this.responses = responses;
    String key = object.key().value();
    PutObjectRequest.Builder builder =
        PutObjectRequest.builder()
            .bucket(object.bucket())
            .key(key)
            .checksumSHA256(BaseEncoding.base64().encode(object.sha256().asBytes()));
    customization.accept(builder);
    request = builder.build();
    if (!object.bucket().equals(request.bucket()) || !key.equals(request.key())) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "The PutObject customizer changed the bucket or the key of a request, which only the driver"
              + " may set");
    }
  }

  /**
   * Sends the request. The future completes when the object is stored; cancelling it aborts the
   * request.
   */
  public CompletableFuture<StorageDriverClaim> start() {
    Instant start = Instant.now();
    StallWatch watch =
        new StallWatch(
            detector,
            Transfer.Kind.UPLOAD,
            () -> result.completeExceptionally(call.failure(S3Fault.STALLED)));
    WatchedBody watched = new WatchedBody(body.toRequestBody(), watch, call);
    RequestGuard guard = new RequestGuard(call, it -> isOwnResponse(it, watched));
    CompletableFuture<PutObjectResponse> attempt = client.putObject(request, watched, guard);
    watch.accepted();
    attempt.whenComplete(
        (response, failure) -> {
          if (failure == null && response.sdkHttpResponse() != null && !guard.hasAccepted()) {
            result.completeExceptionally(call.failure(S3Fault.UNGUARDED));
          } else if (failure == null) {
            watch.completed();
            context.reportStoredAt(start);
            result.complete(object);
          } else {
            watch.end();
            failed(failure, watch);
          }
        });
    result.whenComplete(
        (claim, failure) -> {
          watch.end();
          attempt.cancel(true);
          watched.release();
          body.release();
        });
    return result;
  }

  private boolean isOwnResponse(SdkHttpResponse response, WatchedBody sent) {
    return !response.isSuccessful()
        || (sent.isSent() && responses.canBeFor(body, object.bucket(), response));
  }

  private void failed(Throwable failure, StallWatch watch) {
    if (S3Call.isForLackOfConnections(failure) && watch.othersProgressed() && !result.isDone()) {
      start();
    } else if (existsAlready(failure)) {
      // Its age is unknown, so none is reported.
      result.complete(object);
    } else {
      result.completeExceptionally(call.translate(failure));
    }
  }

  private boolean existsAlready(Throwable failure) {
    return ANY_ETAG.equals(request.ifNoneMatch())
        && Throwables.getRootCause(failure) instanceof S3Exception e
        && e.statusCode() == PRECONDITION_FAILED;
  }
}
