package io.github.externalstorage;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.layers.ForwardingStorageDriver;
import io.temporal.api.common.v1.Payload;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Counts the payloads that get through to a driver, and tells of its objects' age. */
public final class CountingStorageDriver extends ForwardingStorageDriver {

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
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    stores.addAndGet(payloads.size());
    if (leavesObjects) {
      payloads.forEach(it -> context.getClaim(it).ifPresent(context::reportNotWritten));
    }
    return driver.store(context, payloads);
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    retrievals.addAndGet(claims.size());
    Instant known = storedAt;
    if (known != null) {
      claims.forEach(claim -> context.reportStoredAt(claim, known));
    }
    return driver.retrieve(context, claims);
  }
}
