package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A driver without what only operators call.
 *
 * @param driver what is called
 */
record DriverForWorkers(StorageDriver driver) implements StorageDriver {

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
  public Optional<StorageDriverClaim> getClaim(StorageDriverStoreContext context, Payload payload) {
    return driver.getClaim(context, payload);
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
  public String getName() {
    return driver.getName();
  }

  @Override
  public String getType() {
    return driver.getType();
  }

  @Override
  public long getMaxPayloadSize() {
    return driver.getMaxPayloadSize();
  }

  @Override
  public void close() {
    driver.close();
  }
}
