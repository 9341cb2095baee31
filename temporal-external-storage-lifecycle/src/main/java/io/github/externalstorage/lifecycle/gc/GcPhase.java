package io.github.externalstorage.lifecycle.gc;

/** How far a run of garbage collection is. */
public enum GcPhase {
  /** Reads from Temporal which objects are referred to. */
  MARK,
  /** Lists the buckets and compares. */
  SCAN,
  /** The candidates are known; deletes those that were candidates long enough. */
  SWEEP,
  /** Complete. */
  DONE
}
