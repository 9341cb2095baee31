package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.externalstorage.StorageException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What a future failed with. */
final class StorageFailures {

  private StorageFailures() {}

  static Throwable failureOf(CompletableFuture<?> future) {
    return Futures.unwrap(
        catchThrowableOfType(ExecutionException.class, () -> future.get(10, TimeUnit.SECONDS)));
  }

  static StorageException failureOf(CompletableFuture<?> future, Reason reason) {
    Throwable failure = failureOf(future);
    assertThat(failure).isInstanceOf(StorageException.class);
    StorageException e = (StorageException) failure;
    assertThat(e.getReason()).isEqualTo(reason);
    return e;
  }

  static StorageException unavailable() {
    return new StorageException(Reason.UNAVAILABLE, true, "The storage does not answer", null);
  }
}
