package io.github.externalstorage.gcs.internal.payloads;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsClient;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.MemoryReservation;
import io.temporal.api.common.v1.Payload;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Retrieves one object. The request is sent again if there is no memory for the object yet, see
 * {@link MemoryReservation}.
 */
public final class GcsDownload {

  private final GcsClient client;
  private final GcsCall call;
  private final String sha256;
  private final int maxSize;
  private final StorageDriverRetrieveContext context;
  private final MemoryReservation memory;

  /**
   * @param call the retrieval
   * @param sha256 the hash that the object must have
   * @param maxSize the maximum size of the object, in bytes
   */
  public GcsDownload(
      GcsClient client,
      GcsCall call,
      String sha256,
      int maxSize,
      StorageDriverRetrieveContext context) {
    this.client = client;
    this.call = call;
    this.sha256 = sha256;
    this.maxSize = maxSize;
    this.context = context;
    memory = new MemoryReservation(context);
  }

  /** Sends the request and returns the payload; cancelling the future aborts the request. */
  public CompletableFuture<Payload> start() {
    HttpRequest request = HttpRequest.newBuilder(call.endpoint().content(call)).build();
    return Futures.flatMap(
        client.download(
            call,
            request,
            (response, watch) -> {
              reportAge(response.headers());
              return new ObjectReceiver(
                  call, sha256, response, maxSize, memory::isReserved, watch::received);
            }),
        payload -> payload.map(CompletableFuture::completedFuture).orElseGet(this::startAgain));
  }

  private CompletableFuture<Payload> startAgain() {
    return Futures.flatMap(memory.whenReserved(), reserved -> start());
  }

  /**
   * The last modification is when the object was written, unless its metadata was changed since.
   */
  private void reportAge(HttpHeaders headers) {
    if (headers.firstValue("x-goog-metageneration").filter("1"::equals).isEmpty()) {
      return;
    }
    headers
        .firstValue("last-modified")
        .flatMap(GcsDownload::parseDate)
        .ifPresent(context::reportStoredAt);
  }

  private static Optional<Instant> parseDate(String date) {
    try {
      return Optional.of(
          ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
