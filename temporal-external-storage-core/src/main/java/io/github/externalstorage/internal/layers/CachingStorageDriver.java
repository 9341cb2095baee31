package io.github.externalstorage.internal.layers;

import io.github.externalstorage.StorageEvent;
import io.github.externalstorage.StorageEvent.Operation;
import io.github.externalstorage.StorageListener;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Caches what a driver stored and retrieved: a cached payload is neither stored nor retrieved
 * again, and equal calls under way share one. From here on each payload is a call of its own, so
 * that each is shared, bounded and retried separately.
 */
public final class CachingStorageDriver extends ForwardingStorageDriver {

  private final PayloadCache cache;
  private final @Nullable StorageListener listener;
  private final SingleFlight<StorageDriverClaim, StorageDriverClaim> stores = new SingleFlight<>();
  private final SingleFlight<StorageDriverClaim, Payload> retrievals = new SingleFlight<>();

  CachingStorageDriver(
      StorageDriver driver, PayloadCache cache, @Nullable StorageListener listener) {
    super(driver);
    this.cache = cache;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return Futures.sideBySide(
        context.getCancellationToken(), payloads, payload -> storePayload(context, payload));
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return Futures.sideBySide(
        context.getCancellationToken(), claims, claim -> retrievePayload(context, claim));
  }

  private CompletableFuture<StorageDriverClaim> storePayload(
      StorageDriverStoreContext context, Payload payload) {
    Optional<StorageDriverClaim> known = driver.getClaim(context, payload);
    if (known.isEmpty()) {
      return storeAndCache(context, payload);
    }
    StorageDriverClaim claim = known.get();
    if (cache.isStored(getName(), claim)) {
      cacheHit(Operation.STORE, payload);
      return CompletableFuture.completedFuture(claim);
    }
    return stores.join(
        claim,
        token ->
            storeAndCache(context.withCancellationToken(token).withClaim(payload, claim), payload));
  }

  private CompletableFuture<StorageDriverClaim> storeAndCache(
      StorageDriverStoreContext context, Payload payload) {
    Instant start = cache.now();
    Set<StorageDriverClaim> notWritten = ConcurrentHashMap.newKeySet();
    return Futures.map(
        driver.store(context.withNotWritten(notWritten::add), List.of(payload)),
        claims -> {
          StorageDriverClaim claim = claims.get(0);
          cache.put(getName(), claim, payload, notWritten.contains(claim) ? null : start);
          return claim;
        });
  }

  private CompletableFuture<Payload> retrievePayload(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    Optional<Payload> cached = cache.get(getName(), claim);
    if (cached.isPresent()) {
      cacheHit(Operation.RETRIEVE, cached.get());
      return CompletableFuture.completedFuture(cached.get());
    }
    return retrievals.join(
        claim, token -> retrieveAndCache(context.withCancellationToken(token), claim));
  }

  private CompletableFuture<Payload> retrieveAndCache(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    Map<StorageDriverClaim, Instant> storedAt = new ConcurrentHashMap<>();
    return Futures.map(
        Futures.failing(
            driver.retrieve(context.withStoredAt(storedAt::put), List.of(claim)),
            failure -> removeIfGone(claim, failure)),
        payloads -> {
          Payload payload = payloads.get(0);
          cache.put(getName(), claim, payload, storedAt.get(claim));
          return payload;
        });
  }

  /** Else an equal payload would be referred to without being written again. */
  private void removeIfGone(StorageDriverClaim claim, Throwable failure) {
    if (failure instanceof StorageException e
        && (e.getReason() == Reason.NOT_FOUND || e.getReason() == Reason.CORRUPTED)) {
      cache.remove(getName(), claim);
    }
  }

  private void cacheHit(Operation operation, Payload payload) {
    if (listener != null) {
      listener.onCacheHit(
          new StorageEvent(operation, getName(), 1, payload.getSerializedSize(), Duration.ZERO));
    }
  }
}
