package io.github.externalstorage.benchmarks.workflows;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Stores payloads in memory, and returns them with a delay. */
final class SlowStorageDriver implements StorageDriver {

  private final InMemoryStorageDriver memory = InMemoryStorageDriver.newBuilder().build();
  private final Executor later;

  SlowStorageDriver(int millis) {
    later = CompletableFuture.delayedExecutor(millis, MILLISECONDS);
  }

  @Override
  public String getName() {
    return memory.getName();
  }

  @Override
  public String getType() {
    return memory.getType();
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return memory.store(context, payload);
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return CompletableFuture.supplyAsync(() -> memory.retrieve(context, claim).join(), later);
  }
}
