package io.github.externalstorage.s3.internal.requests;

import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.internal.transfers.Transfer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Sends requests with the caller's client, each of them once, and aborts those that stall. A
 * request that gets no connection because all of the client's connections are in use is sent again,
 * as long as other requests make progress. The futures fail with a {@link
 * io.github.externalstorage.driver.StorageException}; cancelling them aborts the request.
 * Thread-safe.
 */
public final class S3Requests {

  /** Passes a request to the client. */
  @FunctionalInterface
  public interface Sender<T> {
    /** Sends the request with the configuration, and reports to the watch what arrives. */
    CompletableFuture<T> send(
        S3AsyncClient client, AwsRequestOverrideConfiguration configuration, StallWatch watch);
  }

  private final S3AsyncClient client;
  private final boolean needsPlugin;
  private final StallDetector detector;

  public S3Requests(S3AsyncClient client, StallDetector detector) {
    this.client = client;
    this.detector = detector;
    needsPlugin = !RequestGuards.areInstalledIn(client);
  }

  /**
   * Sends a request without a body. Its response must have been checked, since nothing else shows
   * whether it belongs to the request.
   */
  public <T extends S3Response> CompletableFuture<T> sendGuarded(
      S3Call call,
      BiFunction<S3AsyncClient, AwsRequestOverrideConfiguration, CompletableFuture<T>> sender) {
    return watched(
        call,
        Transfer.Kind.DOWNLOAD,
        watch -> {
          RequestGuard guard = new RequestGuard(call, response -> true);
          return Futures.recover(
              guard.requireChecked(sender.apply(client, configuration(Optional.empty(), guard))),
              failure ->
                  CompletableFuture.failedFuture(call.translate(failure, guard.hasAccepted())));
        });
  }

  /** Sends a request without a body, whose response needs no check. */
  public <T> CompletableFuture<T> send(S3Call call, Sender<T> sender) {
    return watched(
        call,
        Transfer.Kind.DOWNLOAD,
        watch ->
            sender.send(
                client,
                configuration(Optional.empty(), new RequestGuard(call, response -> true)),
                watch));
  }

  /**
   * Stores an object.
   *
   * @param attempt calls {@link #putObject}
   */
  public <T> CompletableFuture<T> upload(
      S3Call call, Function<StallWatch, CompletableFuture<T>> attempt) {
    return watched(call, Transfer.Kind.UPLOAD, attempt);
  }

  /** An attempt of an upload. Its response must have been checked by the guard. */
  public CompletableFuture<PutObjectResponse> putObject(
      PutObjectRequest request, AsyncRequestBody body, RequestGuard guard) {
    return guard.requireChecked(
        client.putObject(
            request.toBuilder()
                .overrideConfiguration(configuration(request.overrideConfiguration(), guard))
                .build(),
            body));
  }

  /** The plugin makes the AWS SDK create a complete client configuration for each request. */
  private AwsRequestOverrideConfiguration configuration(
      Optional<AwsRequestOverrideConfiguration> customized, RequestGuard guard) {
    // The user's customization of a request may override the client's configuration.
    return needsPlugin || customized.isPresent()
        ? new SingleAttempt(guard).addTo(customized)
        : RequestGuards.configuration(guard);
  }

  private <T> CompletableFuture<T> watched(
      S3Call call, Transfer.Kind kind, Function<StallWatch, CompletableFuture<T>> sender) {
    CompletableFuture<T> result = new CompletableFuture<>();
    attempt(call, kind, sender, result);
    return result;
  }

  private <T> void attempt(
      S3Call call,
      Transfer.Kind kind,
      Function<StallWatch, CompletableFuture<T>> sender,
      CompletableFuture<T> result) {
    StallWatch watch =
        new StallWatch(
            detector, kind, () -> result.completeExceptionally(call.failure(S3Fault.STALLED)));
    CompletableFuture<T> attempt = Futures.call(() -> sender.apply(watch));
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
            attempt(call, kind, sender, result);
          } else {
            result.completeExceptionally(call.translate(failure));
          }
        });
    result.whenComplete(
        (value, failure) -> {
          watch.end();
          attempt.cancel(true);
        });
  }
}
