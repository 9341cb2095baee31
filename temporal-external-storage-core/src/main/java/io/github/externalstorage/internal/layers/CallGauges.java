package io.github.externalstorage.internal.layers;

import io.github.externalstorage.internal.metrics.MovableGauge;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.github.externalstorage.options.StorageEvent.Operation;
import java.util.concurrent.CompletableFuture;

/** What the calls of one kind are doing at the moment: waiting, or moving bytes. */
record CallGauges(MovableGauge waiting, MovableGauge bytesInFlight) {

  static CallGauges of(StorageMetrics metrics, String driver, Operation operation) {
    return new CallGauges(
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
