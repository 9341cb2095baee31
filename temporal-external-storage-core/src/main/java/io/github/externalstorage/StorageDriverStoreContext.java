package io.github.externalstorage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a driver is told about payloads to store. Immutable. */
public final class StorageDriverStoreContext {

  private static final StorageDriverStoreContext EMPTY =
      new StorageDriverStoreContext(null, CancellationToken.none());

  private final @Nullable StorageDriverTargetInfo target;
  private final CancellationToken cancellationToken;

  private StorageDriverStoreContext(
      @Nullable StorageDriverTargetInfo target, CancellationToken cancellationToken) {
    this.target = target;
    this.cancellationToken = cancellationToken;
  }

  /** A context without a target that is never cancelled. */
  public static StorageDriverStoreContext empty() {
    return EMPTY;
  }

  /**
   * A context that is never cancelled.
   *
   * @param target what the payloads belong to, null if unknown
   */
  public static StorageDriverStoreContext of(@Nullable StorageDriverTargetInfo target) {
    return target == null ? EMPTY : new StorageDriverStoreContext(target, CancellationToken.none());
  }

  /** This context with another cancellation. */
  public StorageDriverStoreContext withCancellationToken(CancellationToken token) {
    return new StorageDriverStoreContext(target, token);
  }

  /** What the payloads belong to; empty if unknown. */
  public Optional<StorageDriverTargetInfo> getTarget() {
    return Optional.ofNullable(target);
  }

  /** Tells when the caller no longer wants the result. */
  public CancellationToken getCancellationToken() {
    return cancellationToken;
  }
}
