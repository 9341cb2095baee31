package io.github.externalstorage.lifecycle.check;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;

/** A driver without optional capabilities. */
class PlainDriver implements StorageDriver {

  private final StorageDriver driver;

  PlainDriver(StorageDriver driver) {
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
}
