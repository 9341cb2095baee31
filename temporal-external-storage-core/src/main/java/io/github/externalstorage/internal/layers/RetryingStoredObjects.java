package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.driver.StoredObjects;
import java.util.concurrent.CompletableFuture;

/** Asks a driver about its objects, with the same limit and the same retries as for other calls. */
final class RetryingStoredObjects implements StoredObjects {

  private final StoredObjects objects;
  private final RetriedCalls calls;

  RetryingStoredObjects(StoredObjects objects, RetriedCalls calls) {
    this.objects = objects;
    this.calls = calls;
  }

  @Override
  public CompletableFuture<StoredObject> describe(StorageDriverClaim claim) {
    return calls.call(() -> objects.describe(claim));
  }
}
