package io.github.externalstorage.s3.internal.payloads;

import com.google.common.io.BaseEncoding;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.s3.internal.requests.RequestGuard;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/** Stores one object. */
public final class S3Upload {

  private static final String ANY_ETAG = "*";
  private static final int PRECONDITION_FAILED = 412;

  private final S3Requests requests;
  private final S3Call call;
  private final ObjectClaim object;
  private final StorageDriverStoreContext context;
  private final S3ObjectBody body;
  private final StoreResponses responses;
  private final PutObjectRequest request;

  /**
   * @param object the object to store
   * @param customization the user's changes to the request
   * @throws StorageException if the customization changes the bucket or the key
   */
  public S3Upload(
      S3Requests requests,
      S3Call call,
      ObjectClaim object,
      StorageDriverStoreContext context,
      S3ObjectBody body,
      StoreResponses responses,
      Consumer<PutObjectRequest.Builder> customization) {
    this.requests = requests;
    this.call = call;
    this.object = object;
    this.context = context;
    this.body = body;
    this.responses = responses;
    String key = object.key().getValue();
    PutObjectRequest.Builder builder =
        PutObjectRequest.builder()
            .bucket(object.bucket())
            .key(key)
            .checksumSHA256(BaseEncoding.base64().encode(body.sha256().asBytes()));
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
    return Futures.observed(
        Futures.recover(
            requests.upload(call, this::attempt),
            failure ->
                existsAlready(failure)
                    // Its age is unknown, so none is reported.
                    ? CompletableFuture.completedFuture(object)
                    : CompletableFuture.failedFuture(failure)),
        (claim, failure) -> body.release());
  }

  private CompletableFuture<StorageDriverClaim> attempt(StallWatch watch) {
    Instant start = Instant.now();
    WatchedBody watched = new WatchedBody(body.toRequestBody(), watch, call);
    RequestGuard guard = new RequestGuard(call, response -> isOwnResponse(response, watched));
    return Futures.observed(
        Futures.map(
            requests.putObject(request, watched, guard),
            response -> {
              context.reportStoredAt(start);
              return object;
            }),
        (claim, failure) -> watched.release());
  }

  private boolean isOwnResponse(SdkHttpResponse response, WatchedBody sent) {
    return !response.isSuccessful()
        || (sent.isSent() && responses.canBeFor(body, object.bucket(), response));
  }

  private boolean existsAlready(Throwable failure) {
    return ANY_ETAG.equals(request.ifNoneMatch())
        && S3Call.response(failure)
            .filter(error -> error.statusCode() == PRECONDITION_FAILED)
            .isPresent();
  }
}
