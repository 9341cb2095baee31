package io.github.externalstorage.s3;

import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StoredObjects;
import io.github.externalstorage.internal.layers.ForwardingStorageDriver;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A driver without what only operators call. */
final class DriverForWorkers extends ForwardingStorageDriver {

  DriverForWorkers(StorageDriver driver) {
    super(driver);
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return driver.store(context, payload);
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return driver.retrieve(context, claim);
  }

  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return Optional.empty();
  }

  @Override
  public Optional<ObjectStore> getObjectStore() {
    return Optional.empty();
  }

  @Override
  public Optional<StorageBuckets> getStorageBuckets() {
    return Optional.empty();
  }
}
