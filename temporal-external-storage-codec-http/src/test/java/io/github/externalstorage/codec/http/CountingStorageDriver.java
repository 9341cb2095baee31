package io.github.externalstorage.codec.http;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what gets through to a driver. */
class CountingStorageDriver implements StorageDriver {

  private final StorageDriver driver;
  private final AtomicInteger stores = new AtomicInteger();
  private final AtomicInteger retrievals = new AtomicInteger();

  CountingStorageDriver(StorageDriver driver) {
    this.driver = driver;
  }

  int stores() {
    return stores.get();
  }

  int retrievals() {
    return retrievals.get();
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
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return driver.parseClaim(claim);
  }

  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return driver.getNamespace(claim);
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    stores.incrementAndGet();
    return driver.store(context, payload);
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    retrievals.incrementAndGet();
    return driver.retrieve(context, claim);
  }
}
