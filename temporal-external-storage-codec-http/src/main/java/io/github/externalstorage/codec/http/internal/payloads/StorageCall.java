package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.futures.Futures;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for the storage, and translates its errors into HTTP errors. */
final class StorageCall {

  private static final int MAX_MESSAGE_LENGTH = 500;

  private StorageCall() {}

  /**
   * Waits for a future.
   *
   * @throws HttpErrorException if it failed
   * @throws CancellationException if this thread was interrupted; then the future is cancelled
   */
  static <T> T await(CompletableFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new CancellationException();
    } catch (ExecutionException e) {
      throw toHttpError(Futures.unwrap(e));
    }
  }

  private static HttpErrorException toHttpError(Throwable failure) {
    // The message of any other exception may quote a payload.
    return failure instanceof StorageException e
        ? new HttpErrorException(
            status(e.getReason()), shorten(String.valueOf(e.getMessage())), failure)
        : new HttpErrorException(
            502, "The storage failed with " + failure.getClass().getName(), failure);
  }

  private static int status(StorageException.Reason reason) {
    return switch (reason) {
      case INVALID_CLAIM -> 403;
      case TOO_LARGE -> 413;
      case CORRUPTED -> 422;
      // Not 404 for a missing object: the Web UI concludes from it that the server has no
      // downloads.
      case UNAVAILABLE, NOT_FOUND, ACCESS_DENIED, MISCONFIGURED -> 502;
    };
  }

  private static String shorten(String message) {
    return message.length() <= MAX_MESSAGE_LENGTH
        ? message
        : message.substring(0, MAX_MESSAGE_LENGTH) + "…";
  }
}
