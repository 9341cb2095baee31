package io.github.externalstorage.lifecycle.check;

import io.github.externalstorage.driver.StorageBucket;

/**
 * Observes a {@link StorageCheck} while it runs. Calls never overlap, but come from several
 * threads; they should be quick.
 */
public interface StorageCheckListener {

  /** A reference whose payload can't be read, or expires. Default: does nothing. */
  default void onProblem(ReferenceProblem problem) {}

  /**
   * The lifecycle rules of a bucket could not be read, so that it is not known whether its objects
   * expire. Called once for a bucket and namespace. Default: does nothing.
   *
   * @param message why, and the remedy
   */
  default void onUnknownRules(StorageBucket bucket, String message) {}

  /** Another workflow run, schedule, activity or operation was checked. Default: does nothing. */
  default void onProgress(StorageCheckResult soFar) {}
}
