package io.github.externalstorage.driver;

import org.jspecify.annotations.Nullable;

/**
 * A payload could not be stored or retrieved. The message names the operation, the place and the
 * remedy, and never holds payload content or credentials.
 */
public final class StorageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** What went wrong, for example to choose an HTTP status code or an alert. */
  public enum Reason {
    /** The storage did not respond, or responded that it can't serve the request now. */
    UNAVAILABLE,
    /** The object does not exist. */
    NOT_FOUND,
    /** The storage rejected the credentials, or denied access to the object. */
    ACCESS_DENIED,
    /** The object is not what was stored, or can't be read as a payload. */
    CORRUPTED,
    /** The claim or reference is malformed, or points outside of what is configured. */
    INVALID_CLAIM,
    /** The payload is larger than the driver stores. */
    TOO_LARGE,
    /** A setting or a driver is wrong and has to be corrected. */
    MISCONFIGURED
  }

  private final Reason reason;
  private final boolean retryable;

  /**
   * @param reason what went wrong
   * @param retryable whether the same call may succeed if it is retried soon
   * @param message the operation, the place and the remedy
   * @param cause the cause, null if there is none
   */
  public StorageException(
      Reason reason, boolean retryable, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.retryable = retryable;
  }

  /** A non-retryable error without a cause. */
  public StorageException(Reason reason, String message) {
    this(reason, false, message, null);
  }

  /** What went wrong. */
  public Reason getReason() {
    return reason;
  }

  /** Whether the same call may succeed if it is retried soon. */
  public boolean isRetryable() {
    return retryable;
  }
}
