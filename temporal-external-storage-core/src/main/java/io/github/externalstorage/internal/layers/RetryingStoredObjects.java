package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.driver.StoredObjects;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.options.StorageRetryOptions;
import java.util.concurrent.CompletableFuture;

/** Asks a driver about its objects, with the same limit and the same retries as for other calls. */
final class RetryingStoredObjects implements StoredObjects {

  private final StoredObjects objects;
  private final StorageRetryOptions options;
  private final FairPermits operations;

  RetryingStoredObjects(
      StoredObjects objects, StorageRetryOptions options, FairPermits operations) {
    this.objects = objects;
    this.options = options;
    this.operations = operations;
  }

  @Override
  public CompletableFuture<StoredObject> describe(StorageDriverClaim claim) {
    return Futures.flatMap(
        operations.acquire(1),
        lease ->
            Futures.observed(
                new RetryLoop<>(
                        () -> objects.describe(claim),
                        options,
                        RetryLoop.Clock.SYSTEM,
                        (duration, failure) -> {})
                    .start(),
                (object, failure) -> lease.close()));
  }
}
