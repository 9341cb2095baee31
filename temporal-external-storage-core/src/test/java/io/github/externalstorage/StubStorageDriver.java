package io.github.externalstorage;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;

/** A driver that can do nothing; tests override what they need. */
public class StubStorageDriver implements StorageDriver {

  private final String name;

  public StubStorageDriver(String name) {
    this.name = name;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public String getType() {
    return "stub";
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    throw new AssertionError("Nothing should be stored with " + name);
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    throw new AssertionError("Nothing should be retrieved from " + name);
  }
}
