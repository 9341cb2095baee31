package io.github.externalstorage.cli.codecserver;

import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a codec server, as the Web UI and the CLI do. */
record CodecClient(HttpClient http, URI server) {

  private static final HttpClient PLAIN =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  CodecClient(URI server) {
    this(PLAIN, server);
  }

  /**
   * Posts JSON.
   *
   * @param headers names and values in turn
   */
  HttpResponse<String> post(String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  int status(String path, String... headers) {
    return post(path, "{}", headers).statusCode();
  }

  /** Posts a payload for a namespace, and reads the one that comes back with 200. */
  Payload post(String path, String namespace, Payload payload) {
    HttpResponse<String> response =
        post(path, TestPayloads.toJson(payload), "X-Namespace", namespace);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return TestPayloads.fromJson(response.body()).get(0);
  }

  HttpResponse<String> get(String path) {
    return send(HttpRequest.newBuilder(server.resolve(path)).timeout(Duration.ofSeconds(30)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
