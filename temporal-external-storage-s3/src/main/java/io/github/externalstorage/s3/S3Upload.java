package io.github.externalstorage.s3;

import com.google.common.base.Throwables;
import com.google.common.io.BaseEncoding;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Stores one object. A request that gets no connection while the client's are in use is made again,
 * for as long as other requests proceed.
 */
final class S3Upload {

  private static final String UNLESS_IT_EXISTS = "*";
  private static final int PRECONDITION_FAILED = 412;

  private final SingleAttemptClient client;
  private final TransferPace pace;
  private final S3Call call;
  private final StorageDriverStoreContext context;
  private final S3ObjectBody body;
  private final StoreAnswers answers;
  private final PutObjectRequest request;
  private final CompletableFuture<StorageDriverClaim> result = new CompletableFuture<>();

  /**
   * @param customization the user's part of the request
   * @throws StorageException if that takes the object elsewhere
   */
  S3Upload(
      SingleAttemptClient client,
      TransferPace pace,
      S3Call call,
      StorageDriverStoreContext context,
      S3ObjectBody body,
      StoreAnswers answers,
      Consumer<PutObjectRequest.Builder> customization) {
    this.client = client;
    this.pace = pace;
    this.call = call;
    this.context = context;
    this.body = body;
    this.answers = answers;
    S3Claim object = call.object();
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
          "The PutObject customizer changed the bucket or the key of a request; only the driver"
              + " may choose them");
    }
  }

  /** Completes when the object is stored; cancel the future to abort the request. */
  CompletableFuture<StorageDriverClaim> start() {
    Instant start = Instant.now();
    TransferWatch watch =
        new TransferWatch(
            pace,
            Transfer.Kind.UPLOAD,
            () -> result.completeExceptionally(call.failure(S3Fault.STALLED)));
    WatchedBody watched = new WatchedBody(body.toRequestBody(), watch, call);
    CompletableFuture<?> answer =
        client.putObject(
            request,
            watched,
            new RequestGuard(call, it -> answers.canBeFor(body, call.object().bucket(), it)));
    watch.start();
    answer.whenComplete(
        (response, failure) -> {
          if (failure == null) {
            watch.answered();
            context.reportStoredAt(start);
            result.complete(call.object());
          } else {
            watch.end();
            failed(failure, watch);
          }
        });
    result.whenComplete(
        (claim, failure) -> {
          watch.end();
          answer.cancel(true);
          watched.release();
          body.release();
        });
    return result;
  }

  private void failed(Throwable failure, TransferWatch watch) {
    if (S3Call.isForLackOfConnections(failure) && watch.othersMoved() && !result.isDone()) {
      start();
    } else if (existsAlready(failure)) {
      // Its age is unknown, so none is reported.
      result.complete(call.object());
    } else {
      result.completeExceptionally(call.translate(failure));
    }
  }

  private boolean existsAlready(Throwable failure) {
    return UNLESS_IT_EXISTS.equals(request.ifNoneMatch())
        && Throwables.getRootCause(failure) instanceof S3Exception e
        && e.statusCode() == PRECONDITION_FAILED;
  }
}
