package io.github.externalstorage.codec.http;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.List;
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
  public void validateClaim(StorageDriverClaim claim) {
    driver.validateClaim(claim);
  }

  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return driver.getNamespace(claim);
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    stores.addAndGet(payloads.size());
    return driver.store(context, payloads);
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    retrievals.addAndGet(claims.size());
    return driver.retrieve(context, claims);
  }
}
