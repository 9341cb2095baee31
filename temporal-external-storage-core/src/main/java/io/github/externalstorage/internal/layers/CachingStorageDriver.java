package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Caches what a driver stored and retrieved: a cached payload is neither stored nor retrieved
 * again, and equal calls in progress share one.
 */
final class CachingStorageDriver extends ForwardingStorageDriver {

  private final PayloadCache cache;
  private final Notifications notifications;
  private final SingleFlight<StorageDriverClaim, StorageDriverClaim> stores = new SingleFlight<>();
  private final SingleFlight<StorageDriverClaim, Payload> retrievals = new SingleFlight<>();

  CachingStorageDriver(StorageDriver driver, PayloadCache cache, Notifications notifications) {
    super(driver);
    this.cache = cache;
    this.notifications = notifications;
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    SharedContent content = new SharedContent(payload);
    StorageDriverStoreContext sharing = StoreContext.withContent(context, content);
    Optional<StorageDriverClaim> known = driver.getClaim(sharing, payload);
    if (known.isEmpty()) {
      return storeAndCache(sharing, payload, content);
    }
    StorageDriverClaim claim = known.get();
    if (cache.isStored(getName(), claim)) {
      notifyOfHit(Operation.STORE, StoreContext.namespaceOf(context), payload);
      return CompletableFuture.completedFuture(claim);
    }
    return stores.join(claim, () -> storeAndCache(sharing, payload, content));
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    Optional<Payload> cached = cache.get(getName(), claim);
    if (cached.isPresent()) {
      notifyOfHit(Operation.RETRIEVE, RetrieveContext.namespaceOf(context), cached.get());
      return CompletableFuture.completedFuture(cached.get());
    }
    return retrievals.join(claim, () -> retrieveAndCache(context, claim));
  }

  private CompletableFuture<StorageDriverClaim> storeAndCache(
      StorageDriverStoreContext context, Payload payload, SharedContent content) {
    AtomicReference<@Nullable Instant> storedAt = new AtomicReference<>();
    return Futures.map(
        Futures.observed(
            driver.store(StoreContext.withStoredAt(context, storedAt::set), payload),
            (claim, failure) -> content.release()),
        claim -> {
          cache.put(getName(), claim, payload, storedAt.get());
          return claim;
        });
  }

  private CompletableFuture<Payload> retrieveAndCache(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    AtomicReference<@Nullable Instant> storedAt = new AtomicReference<>();
    return Futures.map(
        Futures.observed(
            driver.retrieve(RetrieveContext.withStoredAt(context, storedAt::set), claim),
            (payload, failure) -> removeIfGone(claim, failure)),
        payload -> {
          cache.put(getName(), claim, payload, storedAt.get());
          return payload;
        });
  }

  /** Otherwise an equal payload would get a reference to it without being written again. */
  private void removeIfGone(StorageDriverClaim claim, @Nullable Throwable failure) {
    if (failure instanceof StorageException e
        && (e.getReason() == Reason.NOT_FOUND || e.getReason() == Reason.CORRUPTED)) {
      cache.remove(getName(), claim);
    }
  }

  private void notifyOfHit(Operation operation, @Nullable String namespace, Payload payload) {
    notifications.send(
        listener ->
            listener.onCacheHit(
                StorageEvent.of(
                    operation, getName(), namespace, payload.getSerializedSize(), Duration.ZERO)));
  }
}
