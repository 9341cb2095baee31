package io.github.externalstorage.internal.objects;

import static java.util.Objects.requireNonNull;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The memory for an object whose size is known only when the response to its request begins. If
 * there is no memory yet, the response is discarded and the request is sent again once there is, so
 * that no server has to wait. For one retrieval; thread-safe.
 */
public final class MemoryReservation {

  private final StorageDriverRetrieveContext context;
  private volatile @Nullable CompletableFuture<Void> reserved;

  public MemoryReservation(StorageDriverRetrieveContext context) {
    this.context = context;
  }

  /**
   * Reserves the memory when the first response begins. When the second one begins, the reservation
   * is complete.
   *
   * @param size the size of the object, in bytes
   * @return whether there is memory now, so that the response can be read
   */
  public boolean isReserved(int size) {
    CompletableFuture<Void> reservation = reserved;
    if (reservation == null) {
      reservation = context.reserve(size);
      reserved = reservation;
    }
    return reservation.isDone();
  }

  /** Completes when there is memory, after {@link #isReserved} returned false. */
  public CompletableFuture<Void> whenReserved() {
    // A copy, since the reservation is not for the driver to cancel.
    return requireNonNull(reserved).copy();
  }
}
