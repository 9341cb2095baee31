package io.github.externalstorage.worker;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A temporary fault of a storage, as a step of a {@link RecordingStorageDriver}. */
final class StorageFault {

  static final String MESSAGE = "The storage is away";

  private StorageFault() {}

  /** Lets some calls succeed, and fails the next one. */
  static Supplier<CompletableFuture<Void>> after(int calls) {
    return during(calls, calls + 1);
  }

  /** Fails the first calls. */
  static Supplier<CompletableFuture<Void>> first(int calls) {
    return during(0, calls);
  }

  private static Supplier<CompletableFuture<Void>> during(int begin, int end) {
    AtomicInteger calls = new AtomicInteger();
    return () -> {
      int call = calls.getAndIncrement();
      return begin <= call && call < end
          ? CompletableFuture.failedFuture(
              new StorageException(Reason.UNAVAILABLE, true, MESSAGE, null))
          : CompletableFuture.completedFuture(null);
    };
  }
}
