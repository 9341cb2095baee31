package io.github.externalstorage;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.layers.ForwardingStorageDriver;
import io.temporal.api.common.v1.Payload;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the payloads that reach a driver, and reports the age of its objects. */
public class CountingStorageDriver extends ForwardingStorageDriver {

  private final AtomicInteger stores = new AtomicInteger();
  private final AtomicInteger retrievals = new AtomicInteger();
  public volatile @Nullable Instant storedAt;
  public volatile boolean leavesObjects;

  public CountingStorageDriver(StorageDriver driver) {
    super(driver);
  }

  public int stores() {
    return stores.get();
  }

  public int retrievals() {
    return retrievals.get();
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    stores.incrementAndGet();
    return driver.store(
        leavesObjects ? StorageDriverStoreContext.of(context.getTarget().orElse(null)) : context,
        payload);
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    retrievals.incrementAndGet();
    Instant known = storedAt;
    if (known != null) {
      context.reportStoredAt(known);
    }
    return driver.retrieve(context, claim);
  }
}
