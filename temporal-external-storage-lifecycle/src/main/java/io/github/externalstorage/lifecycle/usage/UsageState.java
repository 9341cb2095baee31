package io.github.externalstorage.lifecycle.usage;

/** Whether an object is in use. */
public enum UsageState {
  /** Temporal refers to it. */
  REFERENCED,
  /** Nothing refers to it. */
  GARBAGE,
  /** Nothing refers to it yet, but it is less than a day old. */
  RECENT,
  /** Not known: references were not read, or its namespace is not among those that were. */
  UNKNOWN
}
