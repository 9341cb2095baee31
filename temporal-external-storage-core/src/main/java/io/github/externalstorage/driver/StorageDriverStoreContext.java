package io.github.externalstorage.driver;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a driver is passed with a payload to store, and what it may report. Thread-safe. */
@FunctionalInterface
public interface StorageDriverStoreContext {

  /** A context without a target that is never cancelled. */
  static StorageDriverStoreContext empty() {
    return Optional::empty;
  }

  /**
   * A context that is never cancelled.
   *
   * @param target what the payload belongs to, null if unknown
   */
  static StorageDriverStoreContext of(@Nullable StorageDriverTargetInfo target) {
    return () -> Optional.ofNullable(target);
  }

  /**
   * A context that the caller may cancel.
   *
   * @param target what the payload belongs to, null if unknown
   */
  static StorageDriverStoreContext of(
      @Nullable StorageDriverTargetInfo target, CancellationToken token) {
    return new StorageDriverStoreContext() {
      @Override
      public Optional<StorageDriverTargetInfo> getTarget() {
        return Optional.ofNullable(target);
      }

      @Override
      public CancellationToken getCancellationToken() {
        return token;
      }
    };
  }

  /** What the payload belongs to; empty if unknown. */
  Optional<StorageDriverTargetInfo> getTarget();

  /** Cancelled when the caller no longer needs the result. */
  default CancellationToken getCancellationToken() {
    return CancellationToken.none();
  }

  /**
   * Reports when the payload's object was written. Must be called before the store completes; the
   * best value is the time just before the request. If nothing is reported, for example because the
   * object already existed and its age is unknown, the next equal payload is stored again.
   */
  default void reportStoredAt(Instant time) {}
}
