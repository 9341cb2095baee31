package io.github.externalstorage;

import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a driver is told about payloads to store. Immutable. */
public final class StorageDriverStoreContext {

  private static final StorageDriverStoreContext EMPTY =
      new StorageDriverStoreContext(null, CancellationToken.none(), null);

  private final @Nullable StorageDriverTargetInfo target;
  private final CancellationToken cancellationToken;
  private final @Nullable KnownClaim knownClaim;

  private StorageDriverStoreContext(
      @Nullable StorageDriverTargetInfo target,
      CancellationToken cancellationToken,
      @Nullable KnownClaim knownClaim) {
    this.target = target;
    this.cancellationToken = cancellationToken;
    this.knownClaim = knownClaim;
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
    return target == null
        ? EMPTY
        : new StorageDriverStoreContext(target, CancellationToken.none(), null);
  }

  /** This context with another cancellation. */
  public StorageDriverStoreContext withCancellationToken(CancellationToken token) {
    return new StorageDriverStoreContext(target, token, knownClaim);
  }

  StorageDriverStoreContext withClaim(Payload payload, StorageDriverClaim claim) {
    return new StorageDriverStoreContext(target, cancellationToken, new KnownClaim(payload, claim));
  }

  /** What the payloads belong to; empty if unknown. */
  public Optional<StorageDriverTargetInfo> getTarget() {
    return Optional.ofNullable(target);
  }

  /** Tells when the caller no longer wants the result. */
  public CancellationToken getCancellationToken() {
    return cancellationToken;
  }

  /** What {@link StorageDriver#getClaim} has just told of this payload, if it was asked. */
  public Optional<StorageDriverClaim> getClaim(Payload payload) {
    return knownClaim != null && knownClaim.payload.equals(payload)
        ? Optional.of(knownClaim.claim)
        : Optional.empty();
  }

  private record KnownClaim(Payload payload, StorageDriverClaim claim) {}
}
