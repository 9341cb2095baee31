package io.github.externalstorage.driver;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** What a driver is passed with a claim to retrieve, and what it may report. Thread-safe. */
public interface StorageDriverRetrieveContext {

  /** A context that is never cancelled and limits nothing. */
  static StorageDriverRetrieveContext empty() {
    return new StorageDriverRetrieveContext() {};
  }

  /** A context that the caller may cancel and that limits nothing. */
  static StorageDriverRetrieveContext of(CancellationToken token) {
    return new StorageDriverRetrieveContext() {
      @Override
      public CancellationToken getCancellationToken() {
        return token;
      }
    };
  }

  /** Cancelled when the caller no longer needs the result. */
  default CancellationToken getCancellationToken() {
    return CancellationToken.none();
  }

  /**
   * Reserves memory for a payload, so that many large payloads at once do not exhaust it. A driver
   * reserves as soon as it knows a payload's size, before it reads the payload. The memory stays
   * reserved until the call ends; reserving again replaces the earlier reservation.
   *
   * @param bytes the payload's size
   * @return completes when there is room; fails if the call has ended
   */
  default CompletableFuture<Void> reserve(long bytes) {
    return CompletableFuture.completedFuture(null);
  }

  /**
   * Reports when the payload's object was written. Must be called before the retrieval completes.
   * While an object is known to be recent, an equal payload is not stored again.
   */
  default void reportStoredAt(Instant time) {}
}
