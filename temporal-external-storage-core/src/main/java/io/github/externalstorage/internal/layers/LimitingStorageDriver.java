package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.metrics.MovableGauge;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Limits the calls in progress and the bytes that they hold. A call waits before anything is copied
 * or fetched; the size of what is retrieved is known only later, see {@link
 * StorageDriverRetrieveContext#reserve}. Calls are limited first, bytes second, so a call that
 * holds bytes waits for nothing else.
 */
final class LimitingStorageDriver extends ForwardingStorageDriver {

  private final FairPermits operations;
  private final FairPermits bytes;
  private final Gauges storing;
  private final Gauges retrieving;

  LimitingStorageDriver(
      StorageDriver driver, FairPermits operations, FairPermits bytes, StorageMetrics metrics) {
    super(driver);
    this.operations = operations;
    this.bytes = bytes;
    storing = Gauges.of(metrics, driver.getName(), Operation.STORE);
    retrieving = Gauges.of(metrics, driver.getName(), Operation.RETRIEVE);
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
      Gauges gauges, Function<ReservedBytes, CompletableFuture<T>> call) {
    return Futures.flatMap(
        gauges.queued(operations.acquire(1)),
        lease -> {
          ReservedBytes reserved = new ReservedBytes(gauges);
          return Futures.observed(
              Futures.call(() -> call.apply(reserved)),
              (result, failure) -> {
                reserved.end();
                lease.close();
              });
        });
  }

  /** What the calls of one kind are doing at the moment: waiting, or moving bytes. */
  private record Gauges(MovableGauge waiting, MovableGauge bytesInFlight) {

    static Gauges of(StorageMetrics metrics, String driver, Operation operation) {
      return new Gauges(
          metrics.operationsWaiting(driver, operation), metrics.bytesInFlight(driver, operation));
    }

    /** Counts a call as waiting until it gets its permits, or leaves the queue. */
    CompletableFuture<FairPermits.Lease> queued(CompletableFuture<FairPermits.Lease> acquired) {
      if (!acquired.isDone()) {
        waiting.add(1);
        acquired.whenComplete((lease, failure) -> waiting.add(-1));
      }
      return acquired;
    }
  }

  /** The bytes that the current attempt of a call has reserved, until the call ends. */
  private final class ReservedBytes {

    private final Gauges gauges;
    private @Nullable Reservation current;
    private boolean ended;

    private ReservedBytes(Gauges gauges) {
      this.gauges = gauges;
    }

    synchronized CompletableFuture<Void> reserve(long size) {
      if (ended) {
        return CompletableFuture.failedFuture(
            new IllegalStateException("The call that reserves memory has ended"));
      }
      release();
      Reservation reservation = new Reservation(gauges.queued(bytes.acquire(size)), size);
      current = reservation;
      return Futures.map(
          reservation.lease,
          lease -> {
            gauges.bytesInFlight().add(size);
            return null;
          });
    }

    synchronized void end() {
      ended = true;
      release();
    }

    private void release() {
      if (current == null) {
        return;
      }
      Reservation released = current;
      current = null;
      released.lease.cancel(true);
      released.lease.thenAccept(
          lease -> {
            gauges.bytesInFlight().add(-released.size);
            lease.close();
          });
    }

    private record Reservation(CompletableFuture<FairPermits.Lease> lease, long size) {}
  }
}
