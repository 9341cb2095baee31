package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.futures.Futures;
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

  LimitingStorageDriver(StorageDriver driver, FairPermits operations, FairPermits bytes) {
    super(driver);
    this.operations = operations;
    this.bytes = bytes;
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return holding(
        operations.acquire(1),
        () ->
            holding(
                bytes.acquire(payload.getSerializedSize()), () -> driver.store(context, payload)));
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return holding(operations.acquire(1), () -> retrieveReserving(context, claim));
  }

  private CompletableFuture<Payload> retrieveReserving(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    CallBytes reserved = new CallBytes(bytes);
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
