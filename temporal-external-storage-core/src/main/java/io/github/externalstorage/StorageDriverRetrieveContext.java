package io.github.externalstorage;

/** What a driver is told about payloads to retrieve. Immutable. */
public final class StorageDriverRetrieveContext {

  private static final StorageDriverRetrieveContext EMPTY =
      new StorageDriverRetrieveContext(CancellationToken.none());

  private final CancellationToken cancellationToken;

  private StorageDriverRetrieveContext(CancellationToken cancellationToken) {
    this.cancellationToken = cancellationToken;
  }

  /** A context that is never cancelled. */
  public static StorageDriverRetrieveContext empty() {
    return EMPTY;
  }

  /** This context with another cancellation. */
  public StorageDriverRetrieveContext withCancellationToken(CancellationToken token) {
    return new StorageDriverRetrieveContext(token);
  }

  /** Tells when the caller no longer wants the result. */
  public CancellationToken getCancellationToken() {
    return cancellationToken;
  }
}
