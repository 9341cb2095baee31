package io.github.externalstorage;

import io.github.externalstorage.StorageEvent.Operation;
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
 * Spares a driver what it has just done: payloads that are remembered are neither stored nor
 * retrieved again, and equal ones under way share a call. From here on each payload goes by itself,
 * so that each is shared, bounded and retried by itself.
 */
final class RememberingStorageDriver extends ForwardingStorageDriver {

  private final PayloadMemory memory;
  private final @Nullable StorageListener listener;
  private final Flights<StorageDriverClaim, StorageDriverClaim> storing = new Flights<>();
  private final Flights<StorageDriverClaim, Payload> retrieving = new Flights<>();

  RememberingStorageDriver(
      StorageDriver driver, PayloadMemory memory, @Nullable StorageListener listener) {
    super(driver);
    this.memory = memory;
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
      return storeAndRemember(context, payload);
    }
    StorageDriverClaim claim = known.get();
    if (memory.isStored(getName(), claim)) {
      remembered(Operation.STORE, payload);
      return CompletableFuture.completedFuture(claim);
    }
    return storing.join(
        claim,
        token ->
            storeAndRemember(
                context.withCancellationToken(token).withClaim(payload, claim), payload));
  }

  private CompletableFuture<StorageDriverClaim> storeAndRemember(
      StorageDriverStoreContext context, Payload payload) {
    Instant start = memory.now();
    Set<StorageDriverClaim> notWritten = ConcurrentHashMap.newKeySet();
    return Futures.map(
        driver.store(context.withNotWritten(notWritten::add), List.of(payload)),
        claims -> {
          StorageDriverClaim claim = claims.get(0);
          memory.put(getName(), claim, payload, notWritten.contains(claim) ? null : start);
          return claim;
        });
  }

  private CompletableFuture<Payload> retrievePayload(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    Optional<Payload> remembered = memory.get(getName(), claim);
    if (remembered.isPresent()) {
      remembered(Operation.RETRIEVE, remembered.get());
      return CompletableFuture.completedFuture(remembered.get());
    }
    return retrieving.join(
        claim, token -> retrieveAndRemember(context.withCancellationToken(token), claim));
  }

  private CompletableFuture<Payload> retrieveAndRemember(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    Map<StorageDriverClaim, Instant> storedAt = new ConcurrentHashMap<>();
    return Futures.map(
        driver.retrieve(context.withStoredAt(storedAt::put), List.of(claim)),
        payloads -> {
          Payload payload = payloads.get(0);
          memory.put(getName(), claim, payload, storedAt.get(claim));
          return payload;
        });
  }

  private void remembered(Operation operation, Payload payload) {
    if (listener != null) {
      listener.onRemembered(
          new StorageEvent(operation, getName(), 1, payload.getSerializedSize(), Duration.ZERO));
    }
  }
}
