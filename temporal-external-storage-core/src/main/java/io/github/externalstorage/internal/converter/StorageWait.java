package io.github.externalstorage.internal.converter;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Waits for storage on the calling thread. The SDK's deadlock detector is turned off meanwhile: it
 * fails workflow threads that do not yield for a second.
 */
record StorageWait(Duration limit) {

  <T> List<T> get(Supplier<CompletableFuture<List<T>>> request, String operation) {
    // Making a request takes time, too: the first one initializes the client.
    Supplier<List<T>> waiting = () -> await(request.get(), operation);
    return WorkflowUnsafe.deadlockDetectorOff(waiting::get);
  }

  private <T> List<T> await(CompletableFuture<List<T>> future, String operation) {
    try {
      // Unlike toNanos, this does not overflow.
      return future.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException e) {
      throw failure(Futures.explained(e), operation);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new StorageException(
          Reason.UNAVAILABLE,
          true,
          "The external storage did not %s within %s; see ExternalStorageCodec's setMaxWait"
              .formatted(operation, limit),
          e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new StorageException(
          Reason.UNAVAILABLE,
          true,
          "Interrupted while waiting for external storage to " + operation,
          e);
    }
  }

  private static RuntimeException failure(Throwable failure, String operation) {
    if (failure instanceof StorageException e) {
      return e;
    }
    return new StorageException(
        Reason.MISCONFIGURED,
        false,
        "A storage driver failed to %s with %s, which is not a StorageException"
            .formatted(operation, failure.getClass().getName()),
        failure);
  }
}
