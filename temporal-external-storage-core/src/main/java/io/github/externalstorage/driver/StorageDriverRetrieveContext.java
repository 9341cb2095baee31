package io.github.externalstorage.driver;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.LongFunction;

/** What a driver is told about payloads to retrieve, and what it may tell in return. Immutable. */
public final class StorageDriverRetrieveContext {

  private static final StorageDriverRetrieveContext EMPTY =
      new StorageDriverRetrieveContext(
          CancellationToken.none(),
          bytes -> CompletableFuture.completedFuture(() -> {}),
          (claim, instant) -> {});

  private final CancellationToken cancellationToken;
  private final LongFunction<CompletableFuture<Reservation>> reservations;
  private final BiConsumer<StorageDriverClaim, Instant> storedAt;

  private StorageDriverRetrieveContext(
      CancellationToken cancellationToken,
      LongFunction<CompletableFuture<Reservation>> reservations,
      BiConsumer<StorageDriverClaim, Instant> storedAt) {
    this.cancellationToken = cancellationToken;
    this.reservations = reservations;
    this.storedAt = storedAt;
  }

  /** A context that is never cancelled, bounds nothing and wants to know nothing. */
  public static StorageDriverRetrieveContext empty() {
    return EMPTY;
  }

  /** This context with another cancellation. */
  public StorageDriverRetrieveContext withCancellationToken(CancellationToken token) {
    return new StorageDriverRetrieveContext(token, reservations, storedAt);
  }

  public StorageDriverRetrieveContext withReservations(
      LongFunction<CompletableFuture<Reservation>> permits) {
    return new StorageDriverRetrieveContext(cancellationToken, permits, storedAt);
  }

  public StorageDriverRetrieveContext withStoredAt(
      BiConsumer<StorageDriverClaim, Instant> listener) {
    return new StorageDriverRetrieveContext(cancellationToken, reservations, listener);
  }

  /** Tells when the caller no longer wants the result. */
  public CancellationToken getCancellationToken() {
    return cancellationToken;
  }

  /**
   * Asks for leave to hold a payload's bytes, so that many large payloads at once do not exhaust
   * the memory. A driver asks when it knows a payload's size and before it reads the payload, and
   * closes the reservation when it is done with it, one way or the other. It must not ask for a
   * second one while it holds a first for the same payload.
   *
   * @param bytes the payload's size
   * @return completes when there is room; cancel it when the payload is no longer wanted
   */
  public CompletableFuture<Reservation> reserve(long bytes) {
    return reservations.apply(bytes);
  }

  /**
   * Tells when the object of a claim was written, if the driver learns it along the way. An object
   * that is known to be young is not written again for an equal payload.
   */
  public void reportStoredAt(StorageDriverClaim claim, Instant instant) {
    storedAt.accept(claim, instant);
  }
}
