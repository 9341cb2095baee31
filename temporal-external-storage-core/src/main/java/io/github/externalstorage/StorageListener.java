package io.github.externalstorage;

/**
 * Told what a storage does, for metrics and logs. Called on whatever thread the work is done, also
 * on event loops: it must be thread-safe and quick, and must not block. What it throws is ignored.
 */
public interface StorageListener {

  /** Payloads were stored. */
  default void onStored(StorageEvent event) {}

  /** Payloads were retrieved. */
  default void onRetrieved(StorageEvent event) {}

  /** The cache answered for payloads to be stored or retrieved; no request was made. */
  default void onCacheHit(StorageEvent event) {}

  /** An attempt failed and is made again. */
  default void onRetried(StorageEvent event, Throwable failure) {}

  /** A call failed for good, after the retries that were due. */
  default void onFailed(StorageEvent event, Throwable failure) {}
}
