package io.github.externalstorage.internal.layers;

import io.github.externalstorage.StorageEvent;
import io.github.externalstorage.StorageEvent.Operation;
import io.github.externalstorage.StorageListener;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Tells a listener of a driver's calls, retries included. */
public final class ListeningStorageDriver extends ForwardingStorageDriver {

  private final StorageListener listener;

  ListeningStorageDriver(StorageDriver driver, StorageListener listener) {
    super(driver);
    this.listener = listener;
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    long start = System.nanoTime();
    CompletableFuture<List<StorageDriverClaim>> stored = driver.store(context, payloads);
    stored.whenComplete(
        (claims, failure) -> {
          StorageEvent event = event(Operation.STORE, payloads.size(), bytes(payloads), start);
          if (failure == null) {
            listener.onStored(event);
          } else {
            listener.onFailed(event, Futures.explained(failure));
          }
        });
    return stored;
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    long start = System.nanoTime();
    CompletableFuture<List<Payload>> retrieved = driver.retrieve(context, claims);
    retrieved.whenComplete(
        (payloads, failure) -> {
          if (failure == null) {
            listener.onRetrieved(
                event(Operation.RETRIEVE, payloads.size(), bytes(payloads), start));
          } else {
            listener.onFailed(
                event(Operation.RETRIEVE, claims.size(), 0, start), Futures.explained(failure));
          }
        });
    return retrieved;
  }

  private StorageEvent event(Operation operation, int count, long bytes, long start) {
    return new StorageEvent(
        operation, getName(), count, bytes, Duration.ofNanos(System.nanoTime() - start));
  }

  private static long bytes(List<Payload> payloads) {
    return payloads.stream().mapToLong(Payload::getSerializedSize).sum();
  }
}
