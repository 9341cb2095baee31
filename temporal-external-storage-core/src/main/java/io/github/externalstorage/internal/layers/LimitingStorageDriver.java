package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Limits the calls in progress and the bytes that they hold. A call waits before anything is copied
 * or fetched; the size of what is retrieved is known only later, see {@link
 * StorageDriverRetrieveContext#reserve}. Calls are limited first, bytes second, so a call that
 * holds bytes waits for nothing else.
 */
final class LimitingStorageDriver extends ForwardingStorageDriver {

  private final FairPermits operations;
  private final FairPermits bytes;
  private final CallGauges storing;
  private final CallGauges retrieving;

  LimitingStorageDriver(
      StorageDriver driver, FairPermits operations, FairPermits bytes, StorageMetrics metrics) {
    super(driver);
    this.operations = operations;
    this.bytes = bytes;
    storing = CallGauges.of(metrics, driver.getName(), Operation.STORE);
    retrieving = CallGauges.of(metrics, driver.getName(), Operation.RETRIEVE);
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    long size = payload.getSerializedSize();
    return holding(
        storing.queued(operations.acquire(1)),
        () ->
            holding(
                storing.queued(bytes.acquire(size)),
                () -> storing.during(() -> driver.store(context, payload), size)));
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return holding(
        retrieving.queued(operations.acquire(1)), () -> retrieveReserving(context, claim));
  }

  private CompletableFuture<Payload> retrieveReserving(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    CallBytes reserved = new CallBytes(bytes, retrieving);
    CompletableFuture<Payload> call =
        Futures.call(
            () ->
                driver.retrieve(
                    RetrieveContext.withReservation(context, reserved::reserve), claim));
    return Futures.observed(call, (payload, failure) -> reserved.end());
  }

  /** Makes a call once its permits are granted, and returns them when it ends. */
  private static <T> CompletableFuture<T> holding(
      CompletableFuture<FairPermits.Lease> acquired, Supplier<CompletableFuture<T>> call) {
    return Futures.flatMap(
        acquired,
        lease -> {
          CompletableFuture<T> work = Futures.call(call);
          work.whenComplete((value, failure) -> lease.close());
          return work;
        });
  }
}
