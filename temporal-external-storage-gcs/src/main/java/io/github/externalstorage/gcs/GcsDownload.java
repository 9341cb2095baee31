package io.github.externalstorage.gcs;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Retrieves one object. Its size is known only when the response begins. If there is no memory for
 * it yet, the response is discarded and the request is sent again once there is, so that no server
 * has to wait.
 */
final class GcsDownload {

  private final GcsClient client;
  private final GcsCall call;
  private final String sha256;
  private final int maxSize;
  private final StorageDriverRetrieveContext context;
  private volatile @Nullable CompletableFuture<Void> room;

  /**
   * @param call the retrieval
   * @param sha256 the hash that the object must have
   * @param maxSize the maximum size of the object, in bytes
   */
  GcsDownload(
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
  }

  /** Sends the request and returns the payload; cancelling the future aborts the request. */
  CompletableFuture<Payload> start() {
    HttpRequest request = HttpRequest.newBuilder(call.endpoint().content(call)).build();
    return Futures.flatMap(
        client.download(
            call,
            request,
            (response, watch) -> {
              reportAge(response.headers());
              return new ObjectReceiver(
                  call, sha256, response, maxSize, this::hasRoom, watch::received);
            }),
        payload -> payload.map(CompletableFuture::completedFuture).orElseGet(this::startAgain));
  }

  /** Reserves memory on the first call. By the second call, the reservation is complete. */
  private boolean hasRoom(int size) {
    CompletableFuture<Void> reservation = room;
    if (reservation == null) {
      reservation = context.reserve(size);
      room = reservation;
    }
    return reservation.isDone();
  }

  private CompletableFuture<Payload> startAgain() {
    // A copy, since the reservation is not for this class to cancel.
    return Futures.flatMap(Objects.requireNonNull(room).copy(), reserved -> start());
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
