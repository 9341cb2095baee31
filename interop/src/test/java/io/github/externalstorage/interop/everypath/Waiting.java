package io.github.externalstorage.interop.everypath;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Polls the server for states that it does not report by itself. */
public final class Waiting {

  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration INTERVAL = Duration.ofMillis(50);

  private Waiting() {}

  /** Returns once the condition is true. */
  public static void until(String event, BooleanSupplier condition) {
    var unused =
        until(event, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
  }

  /** Returns the result of the first attempt that has one. */
  public static <T> T until(String event, Supplier<Optional<T>> attempt) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<T> result = attempt.get();
      if (result.isPresent()) {
        return result.get();
      }
      pause();
    }
    throw new AssertionError("Not seen in %s: %s".formatted(LIMIT, event));
  }

  private static void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while waiting", e);
    }
  }
}
