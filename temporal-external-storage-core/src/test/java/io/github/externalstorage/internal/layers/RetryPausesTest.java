package io.github.externalstorage.internal.layers;

import static io.github.externalstorage.StorageFailures.failureOf;
import static io.github.externalstorage.StorageFailures.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.options.StorageRetryOptions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How long the pauses are, and when retries end. */
class RetryPausesTest {

  @Test
  void pausesDoubleUpToTheLongestAndAreShortenedByUpToAHalf() {
    ManualRetryTimer timer = new ManualRetryTimer();
    CompletableFuture<?> failing =
        failing(
            StorageRetryOptions.newBuilder()
                .setInitialBackoff(Duration.ofMillis(100))
                .setMaxBackoff(Duration.ofMillis(500))
                .setMaxElapsedTime(Duration.ofHours(1)),
            timer);
    while (timer.pauses().size() < 6) {
      timer.endPause();
    }

    assertThat(failing).isNotDone();
    int[] longest = {100, 200, 400, 500, 500, 500};
    for (int i = 0; i < longest.length; i++) {
      assertThat(timer.pauses().get(i))
          .isBetween(Duration.ofMillis(longest[i] / 2), Duration.ofMillis(longest[i]));
    }
  }

  @Test
  void pausesAreJittered() {
    Set<Duration> firstPauses = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ManualRetryTimer timer = new ManualRetryTimer();
      failing(StorageRetryOptions.newBuilder(), timer);
      firstPauses.addAll(timer.pauses());
    }

    // There are 25 million possible pauses, so 20 equal ones are practically impossible.
    assertThat(firstPauses).hasSizeGreaterThan(1);
  }

  @Test
  void noAttemptBeginsAfterTheTotalTime() {
    Duration total = Duration.ofSeconds(6);
    ManualRetryTimer timer = new ManualRetryTimer();
    CompletableFuture<?> failing =
        failing(StorageRetryOptions.newBuilder().setMaxElapsedTime(total), timer);
    while (!failing.isDone()) {
      timer.endPause();
    }

    Duration paused = timer.pauses().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(paused).isLessThan(total).isGreaterThan(total.minusSeconds(1));
    assertThat(failureOf(failing)).isInstanceOf(StorageException.class);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"NOT_FOUND", "CORRUPTED"})
  void missingOrDamagedObjectsAreRetriedForASecondOnly(Reason reason) {
    ManualRetryTimer timer = new ManualRetryTimer();
    CompletableFuture<?> failing =
        new RetryLoop<>(
                () ->
                    CompletableFuture.failedFuture(
                        new StorageException(reason, true, "Perhaps later", null)),
                StorageRetryOptions.getDefaultInstance(),
                timer,
                (duration, failure) -> {})
            .start();
    while (!failing.isDone()) {
      timer.endPause();
    }

    Duration paused = timer.pauses().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(timer.pauses()).hasSizeGreaterThan(2);
    assertThat(paused).isLessThan(Duration.ofSeconds(1));
  }

  @Test
  void missingOrDamagedObjectsHaveTheirSecondAlsoAfterAnotherFault() {
    ManualRetryTimer timer = new ManualRetryTimer();
    Deque<Supplier<StorageException>> failures = new ArrayDeque<>();
    failures.add(
        () -> {
          timer.pass(Duration.ofSeconds(3));
          return unavailable();
        });
    CompletableFuture<?> failing =
        new RetryLoop<>(
                () ->
                    CompletableFuture.failedFuture(
                        failures.isEmpty()
                            ? new StorageException(Reason.CORRUPTED, true, "Damaged", null)
                            : failures.remove().get()),
                StorageRetryOptions.getDefaultInstance(),
                timer,
                (duration, failure) -> {})
            .start();
    while (!failing.isDone()) {
      timer.endPause();
    }

    assertThat(timer.pauses()).hasSizeGreaterThan(3);
  }

  @ParameterizedTest
  @EnumSource(
      value = Reason.class,
      names = {"NOT_FOUND", "CORRUPTED"})
  void missingOrDamagedObjectsHaveTheirSecondAlsoIfASlowAttemptFoundThem(Reason reason) {
    ManualRetryTimer timer = new ManualRetryTimer();
    CompletableFuture<?> failing =
        new RetryLoop<>(
                () -> {
                  timer.pass(Duration.ofSeconds(2));
                  return CompletableFuture.failedFuture(
                      new StorageException(reason, true, "Perhaps later", null));
                },
                StorageRetryOptions.getDefaultInstance(),
                timer,
                (duration, failure) -> {})
            .start();

    timer.endPause();

    assertThat(failing).isCompletedExceptionally();
    assertThat(timer.pauses()).hasSize(1);
  }

  @Test
  void timeOfAttemptsCounts() {
    ManualRetryTimer timer = new ManualRetryTimer();
    CompletableFuture<?> failing =
        new RetryLoop<>(
                () -> {
                  timer.pass(Duration.ofSeconds(6));
                  return CompletableFuture.failedFuture(unavailable());
                },
                StorageRetryOptions.getDefaultInstance(),
                timer,
                (duration, failure) -> {})
            .start();

    assertThat(failureOf(failing)).isInstanceOf(StorageException.class);
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void noneMeansNoRetry() {
    ManualRetryTimer timer = new ManualRetryTimer();
    CompletableFuture<?> failing =
        failing(StorageRetryOptions.newBuilder().setMaxElapsedTime(Duration.ZERO), timer);

    assertThat(failing).isCompletedExceptionally();
    assertThat(StorageRetryOptions.none().getMaxElapsedTime()).isZero();
  }

  @Test
  void totalTimeMayBeForEver() {
    ManualRetryTimer timer = new ManualRetryTimer();
    CompletableFuture<?> failing =
        failing(
            StorageRetryOptions.newBuilder()
                .setMaxBackoff(ChronoUnit.FOREVER.getDuration())
                .setMaxElapsedTime(ChronoUnit.FOREVER.getDuration()),
            timer);
    timer.endPause();

    assertThat(failing).isNotDone();
    assertThat(timer.pauses()).hasSize(2);
  }

  @Test
  void systemTimerEndsItsPauses() {
    long before = RetryLoop.Clock.SYSTEM.nanoTime();

    RetryLoop.Clock.SYSTEM.after(Duration.ofNanos(1)).join();

    assertThat(RetryLoop.Clock.SYSTEM.nanoTime()).isGreaterThan(before);
  }

  private static CompletableFuture<StorageDriverClaim> failing(
      StorageRetryOptions.Builder options, ManualRetryTimer timer) {
    return new RetryLoop<StorageDriverClaim>(
            () -> CompletableFuture.failedFuture(unavailable()),
            options.build(),
            timer,
            (duration, failure) -> {})
        .start();
  }
}
