package io.github.externalstorage.springboot;

/** What happens at start if payloads can't be stored or retrieved. */
public enum StartupCheck {
  /** Nothing is checked. */
  OFF,
  /** An error is logged, and the application starts. */
  WARN,
  /** The application does not start. */
  FAIL
}
