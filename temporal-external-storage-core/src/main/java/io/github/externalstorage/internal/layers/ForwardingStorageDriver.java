package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StoredObjects;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A driver around a driver: what a subclass does not override is the inner driver's. */
public abstract class ForwardingStorageDriver implements StorageDriver {

  protected final StorageDriver driver;

  protected ForwardingStorageDriver(StorageDriver driver) {
    this.driver = driver;
  }

  @Override
  public String getName() {
    return driver.getName();
  }

  @Override
  public String getType() {
    return driver.getType();
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
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return driver.parseClaim(claim);
  }

  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return driver.getNamespace(claim);
  }

  @Override
  public Optional<StorageDriverClaim> getClaim(StorageDriverStoreContext context, Payload payload) {
    return driver.getClaim(context, payload);
  }

  @Override
  public long getMaxPayloadSize() {
    return driver.getMaxPayloadSize();
  }

  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return driver.getStoredObjects();
  }

  @Override
  public Optional<ObjectStore> getObjectStore() {
    return driver.getObjectStore();
  }

  @Override
  public Optional<StorageBuckets> getStorageBuckets() {
    return driver.getStorageBuckets();
  }

  @Override
  public void close() {
    driver.close();
  }
}
