package io.github.externalstorage.springboot;

/** What happens at start if payloads can't be stored or retrieved. */
public enum StartupCheck {
  /** Nothing: it is not checked. */
  OFF,
  /** An error is logged, while the application starts. */
  WARN,
  /** The application does not start. */
  FAIL
}
