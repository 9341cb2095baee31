package io.github.externalstorage.internal.layers;

import io.github.externalstorage.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The bytes that the current attempt of a call has reserved, until the call ends. */
final class CallBytes {

  private final FairPermits permits;
  private final CallGauges gauges;
  private @Nullable Reservation current;
  private boolean ended;

  CallBytes(FairPermits permits, CallGauges gauges) {
    this.permits = permits;
    this.gauges = gauges;
  }

  synchronized CompletableFuture<Void> reserve(long bytes) {
    if (ended) {
      return CompletableFuture.failedFuture(
          new IllegalStateException("The call that reserves memory has ended"));
    }
    release();
    Reservation reservation = new Reservation(gauges.queued(permits.acquire(bytes)), bytes);
    current = reservation;
    return Futures.map(
        reservation.lease,
        lease -> {
          gauges.bytesInFlight().add(bytes);
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
          gauges.bytesInFlight().add(-released.bytes);
          lease.close();
        });
  }

  private record Reservation(CompletableFuture<FairPermits.Lease> lease, long bytes) {}
}
