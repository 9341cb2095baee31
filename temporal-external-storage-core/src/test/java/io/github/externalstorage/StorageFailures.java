package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** What a future failed with. */
public final class StorageFailures {

  private StorageFailures() {}

  public static Throwable failureOf(CompletableFuture<?> future) {
    return Futures.unwrap(
        catchThrowableOfType(ExecutionException.class, () -> future.get(60, TimeUnit.SECONDS)));
  }

  public static StorageException failureOf(CompletableFuture<?> future, Reason reason) {
    Throwable failure = failureOf(future);
    assertThat(failure).isInstanceOf(StorageException.class);
    StorageException e = (StorageException) failure;
    assertThat(e.getReason()).isEqualTo(reason);
    return e;
  }

  public static StorageException unavailable() {
    return new StorageException(Reason.UNAVAILABLE, true, "The storage does not respond", null);
  }
}
