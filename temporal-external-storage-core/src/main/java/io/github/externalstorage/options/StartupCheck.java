package io.github.externalstorage.options;

/** What happens at the start of workers if payloads can't be stored or retrieved. */
public enum StartupCheck {
  /** Nothing is checked. */
  OFF,
  /** An error is logged, and the workers start. The start does not wait for the check. */
  WARN,
  /** The workers do not start. The start waits for the check, for at most 10 s. */
  FAIL
}
