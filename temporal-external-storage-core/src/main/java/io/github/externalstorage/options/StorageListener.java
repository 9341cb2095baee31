package io.github.externalstorage.options;

/**
 * Observes what a storage does, for metrics and logs. Called on the thread that does the work,
 * which may be an event loop: it must be thread-safe and quick, and must not block. Exceptions that
 * it throws are ignored.
 */
public interface StorageListener {

  /** A payload was stored. */
  default void onStored(StorageEvent event) {}

  /** A payload was retrieved. */
  default void onRetrieved(StorageEvent event) {}

  /** The cache held a payload to be stored or retrieved; no request was made. */
  default void onCacheHit(StorageEvent event) {}

  /** An attempt failed and is retried. */
  default void onRetried(StorageEvent event, Throwable failure) {}

  /** A call failed, after its retries if there were any. */
  default void onFailed(StorageEvent event, Throwable failure) {}

  /**
   * More than 2 MiB of a workflow's payloads stayed inline within a minute; called once for that
   * minute, which begins with the first payload. If a single workflow task sends more than 4 MB,
   * Temporal terminates the workflow. On both routes, this counts the payloads below the threshold
   * that this process sends for the workflow id, whether from the workflow, its activities or
   * clients. Larger payloads that stay inline, and payloads of a replay, are not counted.
   */
  default void onInlinePayloads(InlinePayloadsEvent event) {}
}
