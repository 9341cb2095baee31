package io.github.externalstorage.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * An operation of this module failed. The message says why, and never contains payload content or
 * credentials.
 */
public final class LifecycleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param message what could not be done, why, and the remedy
   * @param cause the cause, null if there is none
   */
  public LifecycleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** An exception without a cause. */
  public LifecycleException(String message) {
    this(message, null);
  }
}
