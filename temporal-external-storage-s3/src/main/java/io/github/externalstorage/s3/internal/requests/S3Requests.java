package io.github.externalstorage.s3.internal.requests;

import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.internal.transfers.Transfer;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Sends requests without a body, each of them once, and aborts those that stall. Like an upload, a
 * request that got no connection is sent again. Thread-safe.
 */
public final class S3Requests {

  /** Passes a request to the client. */
  @FunctionalInterface
  public interface Sender<T> {

    /** Sends the request, and reports to the watch what arrives. */
    CompletableFuture<T> send(SingleAttemptClient client, RequestGuard guard, StallWatch watch);
  }

  private final SingleAttemptClient client;
  private final StallDetector detector;

  public S3Requests(SingleAttemptClient client, StallDetector detector) {
    this.client = client;
    this.detector = detector;
  }

  /**
   * Sends a request whose response must have been checked, since nothing else shows whether it
   * belongs to the request. See {@link #send}.
   */
  public <T extends S3Response> CompletableFuture<T> sendGuarded(
      S3Call call, BiFunction<SingleAttemptClient, RequestGuard, CompletableFuture<T>> sender) {
    return send(
        call,
        true,
        (singleAttempt, guard, watch) ->
            Futures.map(
                sender.apply(singleAttempt, guard),
                response -> {
                  if (response.sdkHttpResponse() != null && !guard.hasAccepted()) {
                    throw call.failure(S3Fault.UNGUARDED);
                  }
                  return response;
                }));
  }

  /**
   * Sends a request. The future fails with a {@link
   * io.github.externalstorage.driver.StorageException}; cancelling it aborts the request.
   */
  public <T> CompletableFuture<T> send(S3Call call, Sender<T> sender) {
    return send(call, false, sender);
  }

  private <T> CompletableFuture<T> send(S3Call call, boolean hasDocument, Sender<T> sender) {
    CompletableFuture<T> result = new CompletableFuture<>();
    send(call, hasDocument, sender, result);
    return result;
  }

  /**
   * @param hasDocument whether the response is a document that the client parses
   */
  private <T> void send(
      S3Call call, boolean hasDocument, Sender<T> sender, CompletableFuture<T> result) {
    StallWatch watch =
        new StallWatch(
            detector,
            Transfer.Kind.DOWNLOAD,
            () -> result.completeExceptionally(call.failure(S3Fault.STALLED)));
    RequestGuard guard = new RequestGuard(call, response -> true);
    CompletableFuture<T> attempt = Futures.call(() -> sender.send(client, guard, watch));
    watch.accepted();
    attempt.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            watch.completed();
            result.complete(value);
            return;
          }
          watch.end();
          if (S3Call.isForLackOfConnections(failure)
              && watch.othersProgressed()
              && !result.isDone()) {
            send(call, hasDocument, sender, result);
          } else {
            result.completeExceptionally(
                call.translate(failure, hasDocument && guard.hasAccepted()));
          }
        });
    result.whenComplete(
        (value, failure) -> {
          watch.end();
          attempt.cancel(true);
        });
  }
}
