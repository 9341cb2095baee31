package io.github.externalstorage;

import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A driver that can do nothing; tests override what they need. */
class StubStorageDriver implements StorageDriver {

  private final String name;

  StubStorageDriver(String name) {
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
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    throw new AssertionError("Nothing should be stored with " + name);
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    throw new AssertionError("Nothing should be retrieved from " + name);
  }
}
