package io.github.externalstorage.lifecycle;

/** Observes a {@link StorageCheck} while it runs. Calls never overlap; they should be quick. */
public interface StorageCheckListener {

  /** A reference whose payload can't be read. Default: does nothing. */
  default void onProblem(ReferenceProblem problem) {}

  /** Another workflow run, schedule, activity or operation was checked. Default: does nothing. */
  default void onProgress(StorageCheckResult soFar) {}
}
