package io.github.externalstorage.internal.layers;

import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.options.StorageRetryOptions;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** An operator's calls of a driver, with the limit and the retries of the storage. */
final class RetriedCalls {

  private final StorageRetryOptions options;
  private final FairPermits operations;

  RetriedCalls(StorageRetryOptions options, FairPermits operations) {
    this.options = options;
    this.operations = operations;
  }

  <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call) {
    return Futures.flatMap(
        operations.acquire(1),
        lease ->
            Futures.observed(
                new RetryLoop<>(call, options, RetryLoop.Clock.SYSTEM, (duration, failure) -> {})
                    .start(),
                (result, failure) -> lease.close()));
  }
}
