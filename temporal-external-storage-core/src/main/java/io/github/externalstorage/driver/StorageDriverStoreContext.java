package io.github.externalstorage.driver;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a driver learns about a payload to store, and what it may report. Thread-safe. */
@FunctionalInterface
public interface StorageDriverStoreContext {

  /** A context without a target that is never cancelled, for tests of drivers. */
  static StorageDriverStoreContext empty() {
    return Optional::empty;
  }

  /**
   * A context that is never cancelled, for tests of drivers.
   *
   * @param target what the payload belongs to, null if unknown
   */
  static StorageDriverStoreContext of(@Nullable StorageDriverTargetInfo target) {
    return () -> Optional.ofNullable(target);
  }

  /** What the payload belongs to; empty if unknown. */
  Optional<StorageDriverTargetInfo> getTarget();

  /** Cancelled when the caller no longer wants the result. */
  default CancellationToken getCancellationToken() {
    return CancellationToken.none();
  }

  /**
   * Reports when the payload's object was written, at the latest before the call completes. Best is
   * the time before the request that wrote it. Without a report, as where an object was there
   * already and its age is unknown, an equal payload is stored again.
   */
  default void reportStoredAt(Instant time) {}
}
