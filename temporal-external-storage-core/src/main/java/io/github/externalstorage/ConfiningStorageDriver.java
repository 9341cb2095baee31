package io.github.externalstorage;

import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The outermost layer: refuses claims that are not the driver's before any other layer, a memory
 * among them, is asked.
 */
final class ConfiningStorageDriver extends ForwardingStorageDriver {

  ConfiningStorageDriver(StorageDriver driver) {
    super(driver);
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return driver.store(context, payloads);
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return Futures.call(
        () -> {
          claims.forEach(driver::validateClaim);
          return driver.retrieve(context, claims);
        });
  }
}
