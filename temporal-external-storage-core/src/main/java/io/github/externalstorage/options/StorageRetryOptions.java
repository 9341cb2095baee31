package io.github.externalstorage.options;

import static com.google.common.base.Preconditions.checkArgument;

import io.github.externalstorage.driver.StorageException;
import java.time.Duration;

/**
 * How a failed request is made again: after a pause that doubles each time, with random jitter, and
 * not beyond a total time. Only failures that say so are retried ({@link
 * StorageException#isRetryable()}). Immutable.
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

  /** Never makes a request again. */
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

  /** The time after the first attempt's begin at which no further attempt begins. */
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
     * The time after the first attempt's begin at which no further attempt begins. An attempt under
     * way is not cut off: how long one may take is the driver's setting (of the S3 driver: {@code
     * setStallTimeout}, 4 s). 0 means no retry. Default: 6 s; both together are the 10 s of
     * Temporal's workflow task timeout, so that a passing fault does not cost a workflow task. Of
     * it, at most 1 s is spent on an object that is missing or damaged.
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
