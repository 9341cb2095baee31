package io.github.externalstorage.internal.checks;

import static java.util.Objects.requireNonNull;

import io.github.externalstorage.internal.futures.Futures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A check of a storage that is asked for often, as by a load balancer. It runs once at a time, and
 * its result is used again for a while. Thread-safe.
 */
public final class PeriodicCheck {

  private final Supplier<CompletableFuture<List<String>>> check;
  private final Duration maxAge;
  private final Duration timeout;
  private @Nullable CompletableFuture<List<String>> latest;
  private long endedAt;

  /**
   * @param check returns what it could not determine, or fails
   * @param maxAge how long after its end the result is used
   * @param timeout how long the check may take
   */
  public PeriodicCheck(
      Supplier<CompletableFuture<List<String>>> check, Duration maxAge, Duration timeout) {
    this.check = requireNonNull(check, "check");
    this.maxAge = maxAge;
    this.timeout = timeout;
  }

  /** The latest result, or that of the check in progress, or else of a new one. */
  public CompletableFuture<List<String>> get() {
    CompletableFuture<List<String>> fresh = new CompletableFuture<>();
    synchronized (this) {
      if (latest != null && (!latest.isDone() || System.nanoTime() - endedAt < maxAge.toNanos())) {
        return latest.copy();
      }
      latest = fresh;
      // Until the end is known; the result is complete only after that.
      endedAt = System.nanoTime();
    }
    CompletableFuture<List<String>> requests = Futures.call(check);
    requests
        .copy()
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete(
            (doubts, failure) -> {
              synchronized (this) {
                endedAt = System.nanoTime();
              }
              if (failure == null) {
                fresh.complete(doubts);
              } else {
                // If it only took too long, it need not go on.
                requests.cancel(true);
                fresh.completeExceptionally(Futures.unwrap(failure));
              }
            });
    return fresh.copy();
  }
}
