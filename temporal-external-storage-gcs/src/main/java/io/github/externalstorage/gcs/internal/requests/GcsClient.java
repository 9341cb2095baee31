package io.github.externalstorage.gcs.internal.requests;

import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.transfers.StallDetector;
import io.github.externalstorage.internal.transfers.StallWatch;
import io.github.externalstorage.internal.transfers.Transfer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntPredicate;

/** Sends requests to the JSON API, each of them once. Thread-safe. */
public final class GcsClient {

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  private final HttpClient http;
  private final GcsAuthorization authorization;
  private final StallDetector detector;

  public GcsClient(HttpClient http, GcsAuthorization authorization, StallDetector detector) {
    this.http = http;
    this.authorization = authorization;
    this.detector = detector;
  }

  /**
   * Sends a request whose payload is in the response. See {@link #send}.
   *
   * @param reader reads the body of a response of status 200, and reports its progress
   */
  public <T> CompletableFuture<T> download(
      GcsCall call,
      HttpRequest request,
      BiFunction<ResponseInfo, StallWatch, BodySubscriber<T>> reader) {
    return send(call, Transfer.Kind.DOWNLOAD, watch -> request, reader);
  }

  /**
   * Sends a request that carries a payload. See {@link #send}.
   *
   * @param request creates the request, whose body reports its progress
   */
  public CompletableFuture<String> upload(GcsCall call, Function<StallWatch, HttpRequest> request) {
    return send(call, Transfer.Kind.UPLOAD, request, (response, watch) -> new LimitedText());
  }

  /**
   * Sends a request whose response of status 404 or 412 the driver reacts to. See {@link #send}.
   *
   * @return the response, whose status is 200, 204, 404 or 412
   */
  public CompletableFuture<GcsResponse> exchange(GcsCall call, HttpRequest request) {
    return send(
        call,
        Transfer.Kind.DOWNLOAD,
        watch -> request,
        GcsResponse::isExpected,
        (response, watch) ->
            BodySubscribers.mapping(
                new LimitedText(), text -> new GcsResponse(call, response, text)));
  }

  private <T> CompletableFuture<T> send(
      GcsCall call,
      Transfer.Kind kind,
      Function<StallWatch, HttpRequest> request,
      BiFunction<ResponseInfo, StallWatch, BodySubscriber<T>> reader) {
    return send(call, kind, request, status -> status == OK, reader);
  }

  /**
   * Sends a request. The future completes with what was read from an accepted response. It fails
   * with a {@link io.github.externalstorage.driver.StorageException} after any other response, and
   * if the request stalls, which aborts it. Cancelling it aborts the request, too.
   *
   * @param request creates the request, without headers for authorization
   * @param isAccepted whether a response of a status is read
   */
  private <T> CompletableFuture<T> send(
      GcsCall call,
      Transfer.Kind kind,
      Function<StallWatch, HttpRequest> request,
      IntPredicate isAccepted,
      BiFunction<ResponseInfo, StallWatch, BodySubscriber<T>> reader) {
    CompletableFuture<T> result = new CompletableFuture<>();
    StallWatch watch =
        new StallWatch(
            detector, kind, () -> result.completeExceptionally(call.failure(GcsFault.STALLED)));
    if (kind == Transfer.Kind.UPLOAD) {
      // The JDK's client opens connections without a limit, so there is no time to wait for one.
      watch.connected();
    }
    CompletableFuture<T> attempt =
        send(
            request.apply(watch),
            response ->
                isAccepted.test(response.statusCode())
                    ? reader.apply(response, watch)
                    : error(call, response));
    watch.accepted();
    attempt.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            watch.completed();
            result.complete(value);
          } else {
            watch.end();
            result.completeExceptionally(call.translate(failure));
          }
        });
    result.whenComplete(
        (value, failure) -> {
          watch.end();
          attempt.cancel(true);
        });
    return result;
  }

  private <T> CompletableFuture<T> send(HttpRequest request, BodyHandler<T> handler) {
    return Futures.map(
        Futures.flatMap(
            authorization.authorize(request),
            authorized ->
                http.sendAsync(
                    // With HTTP/2, the JDK's client fails requests over the server's limit of
                    // concurrent streams instead of opening another connection.
                    HttpRequest.newBuilder(authorized, (name, value) -> true)
                        .version(HttpClient.Version.HTTP_1_1)
                        .build(),
                    handler)),
        HttpResponse::body);
  }

  private <T> BodySubscriber<T> error(GcsCall call, ResponseInfo response) {
    return BodySubscribers.mapping(
        new LimitedText(),
        text -> {
          if (response.statusCode() == UNAUTHORIZED) {
            authorization.refresh();
          }
          throw call.failure(GcsError.of(response.statusCode(), response.headers(), text));
        });
  }
}
