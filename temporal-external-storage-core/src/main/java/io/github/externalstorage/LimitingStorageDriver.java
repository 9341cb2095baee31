package io.github.externalstorage;

import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Bounds the calls under way and the bytes that they hold. A call waits its turn before anything is
 * copied or fetched; what is retrieved tells its size only then, see {@link
 * StorageDriverRetrieveContext#reserve}. Calls come first, bytes second, so nobody who holds bytes
 * waits for anything.
 */
final class LimitingStorageDriver extends ForwardingStorageDriver {

  private final StorageBounds bounds;

  LimitingStorageDriver(StorageDriver driver, StorageBounds bounds) {
    super(driver);
    this.bounds = bounds;
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    long bytes = payloads.stream().mapToLong(Payload::getSerializedSize).sum();
    return holding(
        context.getCancellationToken(),
        bounds.operations().acquire(1),
        operation ->
            holding(
                context.getCancellationToken(),
                bounds.bytes().acquire(bytes),
                lease -> driver.store(context, payloads)));
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return holding(
        context.getCancellationToken(),
        bounds.operations().acquire(1),
        operation -> driver.retrieve(context.withReservations(bounds.bytes()::acquire), claims));
  }

  private static <T> CompletableFuture<T> holding(
      CancellationToken token,
      CompletableFuture<Reservation> acquired,
      Function<Reservation, CompletableFuture<T>> call) {
    CompletableFuture<T> result =
        Futures.flatMap(
            acquired,
            lease -> {
              CompletableFuture<T> work = Futures.call(() -> call.apply(lease));
              work.whenComplete((value, failure) -> lease.close());
              return work;
            });
    return Futures.cancelOn(token, result);
  }
}
