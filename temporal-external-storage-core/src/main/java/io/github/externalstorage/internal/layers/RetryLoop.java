package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.options.StorageRetryOptions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One operation with its attempts. */
final class RetryLoop<T> {

  /** The time and the pauses between attempts; tests have their own. */
  interface Clock {

    Clock SYSTEM =
        new Clock() {
          @Override
          public long nanoTime() {
            return System.nanoTime();
          }

          @Override
          public CompletableFuture<?> after(Duration pause) {
            return new CompletableFuture<>()
                .completeOnTimeout(pause, pause.toNanos(), TimeUnit.NANOSECONDS);
          }
        };

    /** As {@link System#nanoTime()}. */
    long nanoTime();

    /** Completes after a pause. */
    CompletableFuture<?> after(Duration pause);
  }

  /** A missing or damaged object may only be late, but usually it stays missing or damaged. */
  private static final Duration MAX_ELAPSED_IF_MISSING = Duration.ofSeconds(1);

  private final Supplier<CompletableFuture<T>> operation;
  private final StorageRetryOptions options;
  private final Clock clock;
  private final BiConsumer<Duration, Throwable> onRetry;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private final long startNanos;

  /**
   * When the object was first found missing or damaged. The time that this attempt took does not
   * count, or a slow one would be the only one.
   */
  private @Nullable Long missingSinceNanos;

  /**
   * @param onRetry called for each attempt that is retried, with its duration and its failure
   */
  RetryLoop(
      Supplier<CompletableFuture<T>> operation,
      StorageRetryOptions options,
      Clock clock,
      BiConsumer<Duration, Throwable> onRetry) {
    this.operation = operation;
    this.onRetry = onRetry;
    this.options = options;
    this.clock = clock;
    startNanos = clock.nanoTime();
  }

  /** The result of the first attempt that succeeds, or the last failure. */
  CompletableFuture<T> start() {
    attempt(options.getInitialBackoff());
    return result;
  }

  private void attempt(Duration backoff) {
    long attemptStart = clock.nanoTime();
    CompletableFuture<T> attempt = Futures.call(operation);
    Futures.cancelWith(result, attempt);
    attempt.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            failed(Futures.unwrap(failure), backoff, attemptStart);
          }
        });
  }

  private void failed(Throwable failure, Duration backoff, long attemptStart) {
    Duration pause = jittered(backoff);
    if (result.isDone() || !shouldRetry(failure, pause)) {
      result.completeExceptionally(failure);
      return;
    }
    onRetry.accept(Duration.ofNanos(clock.nanoTime() - attemptStart), failure);
    CompletableFuture<?> wait = clock.after(pause);
    Futures.cancelWith(result, wait);
    wait.thenRun(() -> attempt(next(backoff)));
  }

  private boolean shouldRetry(Throwable failure, Duration pause) {
    if (!(failure instanceof StorageException e) || !e.isRetryable()) {
      return false;
    }
    if (e.getReason() == Reason.NOT_FOUND || e.getReason() == Reason.CORRUPTED) {
      if (missingSinceNanos == null) {
        missingSinceNanos = clock.nanoTime();
      }
      if (!beginsInTime(pause, missingSinceNanos, MAX_ELAPSED_IF_MISSING)) {
        return false;
      }
    }
    return beginsInTime(pause, startNanos, options.getMaxElapsedTime());
  }

  private boolean beginsInTime(Duration pause, long sinceNanos, Duration limit) {
    long elapsed = clock.nanoTime() - sinceNanos;
    return pause.toNanos() < nanos(limit) - elapsed;
  }

  private Duration next(Duration backoff) {
    Duration doubled = backoff.multipliedBy(2);
    return doubled.compareTo(options.getMaxBackoff()) > 0 ? options.getMaxBackoff() : doubled;
  }

  private static Duration jittered(Duration backoff) {
    return Duration.ofNanos(
        (long) (nanos(backoff) * ThreadLocalRandom.current().nextDouble(0.5, 1)));
  }

  /** Unlike {@link Duration#toNanos}, this does not overflow. */
  private static long nanos(Duration duration) {
    return TimeUnit.NANOSECONDS.convert(duration);
  }
}
