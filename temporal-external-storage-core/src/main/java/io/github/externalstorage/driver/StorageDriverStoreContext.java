package io.github.externalstorage.driver;

import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a driver is told about payloads to store, and what it may tell in return. Immutable. */
public final class StorageDriverStoreContext {

  private static final StorageDriverStoreContext EMPTY =
      new StorageDriverStoreContext(null, CancellationToken.none(), null, claim -> {});

  private final @Nullable StorageDriverTargetInfo target;
  private final CancellationToken cancellationToken;
  private final @Nullable KnownClaim knownClaim;
  private final Consumer<StorageDriverClaim> notWritten;

  private StorageDriverStoreContext(
      @Nullable StorageDriverTargetInfo target,
      CancellationToken cancellationToken,
      @Nullable KnownClaim knownClaim,
      Consumer<StorageDriverClaim> notWritten) {
    this.target = target;
    this.cancellationToken = cancellationToken;
    this.knownClaim = knownClaim;
    this.notWritten = notWritten;
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
        : new StorageDriverStoreContext(target, CancellationToken.none(), null, EMPTY.notWritten);
  }

  /** This context with another cancellation. */
  public StorageDriverStoreContext withCancellationToken(CancellationToken token) {
    return new StorageDriverStoreContext(target, token, knownClaim, notWritten);
  }

  public StorageDriverStoreContext withClaim(Payload payload, StorageDriverClaim claim) {
    return new StorageDriverStoreContext(
        target, cancellationToken, new KnownClaim(payload, claim), notWritten);
  }

  public StorageDriverStoreContext withNotWritten(Consumer<StorageDriverClaim> listener) {
    return new StorageDriverStoreContext(target, cancellationToken, knownClaim, listener);
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

  /**
   * Tells that the object of a claim was there already and was left as it is. Its age is then
   * unknown, and an equal payload will be stored anew.
   */
  public void reportNotWritten(StorageDriverClaim claim) {
    notWritten.accept(claim);
  }

  private record KnownClaim(Payload payload, StorageDriverClaim claim) {}
}
