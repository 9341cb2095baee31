package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.Reservation;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Bounds the calls under way and the bytes that they hold. A call waits its turn before anything is
 * copied or fetched; what is retrieved tells its size only then, see {@link
 * StorageDriverRetrieveContext#reserve}. Calls come first, bytes second, so nobody who holds bytes
 * waits for anything.
 */
public final class LimitingStorageDriver extends ForwardingStorageDriver {

  private final StorageBounds bounds;

  LimitingStorageDriver(StorageDriver driver, StorageBounds bounds) {
    super(driver);
    this.bounds = bounds;
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    long bytes = payloads.stream().mapToLong(Payload::getSerializedSize).sum();
    return Futures.cancelOn(
        context.getCancellationToken(),
        holding(
            bounds.operations().acquire(1),
            () -> holding(bounds.bytes().acquire(bytes), () -> driver.store(context, payloads))));
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    StorageDriverRetrieveContext bounded = context.withReservations(bounds.bytes()::acquire);
    return Futures.cancelOn(
        context.getCancellationToken(),
        holding(bounds.operations().acquire(1), () -> driver.retrieve(bounded, claims)));
  }

  /** Makes a call once its permits are there, and gives them back at its end. */
  private static <T> CompletableFuture<T> holding(
      CompletableFuture<Reservation> acquired, Supplier<CompletableFuture<T>> call) {
    return Futures.flatMap(
        acquired,
        lease -> {
          CompletableFuture<T> work = Futures.call(call);
          work.whenComplete((value, failure) -> lease.close());
          return work;
        });
  }
}
