package io.github.externalstorage.driver;

import io.temporal.api.common.v1.Payload;
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
   * Returns a payload as {@link PayloadFormat} serializes it, with the hash. {@link
   * StorageDriver#getClaim} and all attempts of {@link StorageDriver#store} get the same content,
   * so a payload is hashed once if the driver gets it from here in both.
   *
   * @param payload any payload. The content is shared only if it is the instance that the driver
   *     was called with
   */
  default PayloadContent getContent(Payload payload) {
    return PayloadContent.of(payload);
  }

  /**
   * Reports when the payload's object was written. Must be called before the store completes; the
   * best value is the time just before the request. If nothing is reported, for example because the
   * object already existed and its age is unknown, the next equal payload is stored again.
   */
  default void reportStoredAt(Instant time) {}
}
