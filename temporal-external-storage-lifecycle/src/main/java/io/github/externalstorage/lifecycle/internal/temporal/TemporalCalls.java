package io.github.externalstorage.lifecycle.internal.temporal;

import com.google.common.util.concurrent.RateLimiter;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Calls a Temporal server, with retries. Thread-safe. */
public final class TemporalCalls {

  /** Waits between attempts; tests have their own. */
  public interface Pause {
    Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

    void sleep(Duration duration) throws InterruptedException;
  }

  private static final Set<Status.Code> PASSING =
      EnumSet.of(
          Status.Code.UNAVAILABLE,
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.DEADLINE_EXCEEDED,
          Status.Code.ABORTED,
          Status.Code.CANCELLED,
          Status.Code.UNKNOWN,
          Status.Code.INTERNAL);

  private static final int MAX_ATTEMPTS = 8;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(200);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(10);

  private final Pause pause;
  private final RateLimiter limiter;

  public TemporalCalls(Pause pause) {
    this(pause, Double.MAX_VALUE);
  }

  /**
   * @param callsPerSecond how many calls are made in a second, attempts counted
   */
  public TemporalCalls(Pause pause, double callsPerSecond) {
    this.pause = pause;
    limiter = RateLimiter.create(callsPerSecond);
  }

  /**
   * Makes a call, at most {@value #MAX_ATTEMPTS} times.
   *
   * @throws StatusRuntimeException the last failure
   * @throws LifecycleException if the thread is interrupted
   */
  <T> T call(Supplier<T> call) {
    Duration backoff = FIRST_BACKOFF;
    for (int attempt = 1; ; attempt++) {
      double unused = limiter.acquire();
      try {
        return call.get();
      } catch (StatusRuntimeException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new LifecycleException("Interrupted while waiting for the Temporal server", e);
        }
        if (attempt == MAX_ATTEMPTS || !PASSING.contains(e.getStatus().getCode())) {
          throw e;
        }
        sleep(backoff, e);
        backoff = backoff.multipliedBy(2);
        backoff = backoff.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : backoff;
      }
    }
  }

  private void sleep(Duration backoff, StatusRuntimeException failure) {
    double share = ThreadLocalRandom.current().nextDouble(0.5, 1);
    try {
      pause.sleep(Duration.ofMillis((long) (backoff.toMillis() * share)));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LifecycleException("Interrupted while waiting for the Temporal server", failure);
    }
  }
}
