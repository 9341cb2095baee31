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
import java.util.function.Function;

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
    return limited(
        storing,
        reserved ->
            Futures.flatMap(
                reserved.reserve(payload.getSerializedSize()),
                room -> driver.store(context, payload)));
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return limited(
        retrieving,
        reserved ->
            driver.retrieve(RetrieveContext.withReservation(context, reserved::reserve), claim));
  }

  /**
   * Makes a call when its turn has come.
   *
   * @param call given what reserves bytes for it, until it ends
   */
  private <T> CompletableFuture<T> limited(
      CallGauges gauges, Function<CallBytes, CompletableFuture<T>> call) {
    return Futures.flatMap(
        gauges.queued(operations.acquire(1)),
        lease -> {
          CallBytes reserved = new CallBytes(bytes, gauges);
          return Futures.observed(
              Futures.call(() -> call.apply(reserved)),
              (result, failure) -> {
                reserved.end();
                lease.close();
              });
        });
  }
}
