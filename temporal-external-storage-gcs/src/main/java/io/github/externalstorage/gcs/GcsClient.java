package io.github.externalstorage.gcs;

import io.github.externalstorage.internal.futures.Futures;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.concurrent.CompletableFuture;

/** Sends requests to the JSON API, each of them once. Thread-safe. */
final class GcsClient {

  private static final int OK = 200;
  private static final int UNAUTHORIZED = 401;

  private final HttpClient http;
  private final GcsAuthorization authorization;

  GcsClient(HttpClient http, GcsAuthorization authorization) {
    this.http = http;
    this.authorization = authorization;
  }

  /**
   * Sends a request. The future completes with the body of a response of status 200, and fails with
   * anything else. Cancelling it aborts the request.
   *
   * @param call the operation that the request belongs to
   * @param request without headers for authorization
   * @param handler reads the body of a response of status 200
   */
  <T> CompletableFuture<T> send(GcsCall call, HttpRequest request, BodyHandler<T> handler) {
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
                    response ->
                        response.statusCode() == OK
                            ? handler.apply(response)
                            : error(call, response))),
        HttpResponse::body);
  }

  private <T> BodySubscriber<T> error(GcsCall call, HttpResponse.ResponseInfo response) {
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
