package io.github.externalstorage.options;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.externalstorage.driver.StorageException;
import java.time.Duration;

/**
 * How failed requests are retried: after a pause that doubles each time, with random jitter, and
 * within a total time. Only failures that are {@linkplain StorageException#isRetryable() retryable}
 * are retried. Immutable.
 */
public final class StorageRetryOptions {

  private static final StorageRetryOptions DEFAULT = newBuilder().build();
  private static final StorageRetryOptions NONE =
      newBuilder().setMaxElapsedTime(Duration.ZERO).build();

  private final Duration initialBackoff;
  private final Duration maxBackoff;
  private final Duration maxElapsedTime;

  private StorageRetryOptions(Builder builder) {
    initialBackoff = builder.initialBackoff;
    maxBackoff = builder.maxBackoff;
    maxElapsedTime = builder.maxElapsedTime;
  }

  /** A builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  /** The defaults of the builder. */
  public static StorageRetryOptions getDefaultInstance() {
    return DEFAULT;
  }

  /** Never retries. */
  public static StorageRetryOptions none() {
    return NONE;
  }

  /** The pause before the first retry. */
  public Duration getInitialBackoff() {
    return initialBackoff;
  }

  /** The longest pause. */
  public Duration getMaxBackoff() {
    return maxBackoff;
  }

  /** How long after the start of the first attempt another attempt may start. */
  public Duration getMaxElapsedTime() {
    return maxElapsedTime;
  }

  /** Builds {@link StorageRetryOptions}. Not thread-safe. */
  public static final class Builder {

    private Duration initialBackoff = Duration.ofMillis(50);
    private Duration maxBackoff = Duration.ofSeconds(1);
    private Duration maxElapsedTime = Duration.ofSeconds(6);

    private Builder() {}

    /**
     * The pause before the first retry; it doubles with each further one, and each pause is
     * shortened at random by up to a half. Positive. Default: 50 ms.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setInitialBackoff(Duration backoff) {
      checkArgument(
          backoff.compareTo(Duration.ZERO) > 0, "initialBackoff must be positive, not %s", backoff);
      initialBackoff = backoff;
      return this;
    }

    /**
     * The longest pause. At least the initial backoff. Default: 1 s.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setMaxBackoff(Duration backoff) {
      checkArgument(
          backoff.compareTo(Duration.ZERO) > 0, "maxBackoff must be positive, not %s", backoff);
      maxBackoff = backoff;
      return this;
    }

    /**
     * How long after the start of the first attempt another attempt may start. An attempt in
     * progress is not aborted: how long it may take is a setting of the driver (of the S3 driver:
     * {@code setStallTimeout}, 4 s). 0 means no retry. Default: 6 s; both together add up to the 10
     * s of Temporal's workflow task timeout, so that a temporary fault does not fail a workflow
     * task. An object that is missing or damaged is requested again for at most 1 s.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder setMaxElapsedTime(Duration time) {
      checkArgument(!time.isNegative(), "maxElapsedTime must be at least 0, not %s", time);
      maxElapsedTime = time;
      return this;
    }

    /**
     * Builds the options.
     *
     * @throws IllegalArgumentException if the longest pause is shorter than the first
     */
    public StorageRetryOptions build() {
      checkArgument(
          maxBackoff.compareTo(initialBackoff) >= 0,
          "maxBackoff must be at least the initialBackoff %s, not %s",
          initialBackoff,
          maxBackoff);
      return new StorageRetryOptions(this);
    }
  }
}
