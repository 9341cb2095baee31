package io.github.externalstorage.lifecycle.plan;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.Optional;

/** The age at which objects can be deleted. */
final class SafeAge {

  /**
   * For what takes its time: requests that are repeated, what the server passes on between runs,
   * the deletion of closed runs, and clocks that differ.
   */
  private static final Duration MARGIN = Duration.ofDays(1);

  /** What S3 accepts as a number of days. */
  private static final long MAX_DAYS = Integer.MAX_VALUE;

  private SafeAge() {}

  /**
   * The days after which an object is no longer needed.
   *
   * @param lifetime how long references stay in runs, at most
   * @param retention how long closed runs are kept
   * @param window how long after an object was written a process still refers to it without writing
   *     it again
   * @return empty if there are too many
   */
  static Optional<Integer> days(Duration lifetime, Duration retention, Duration window) {
    checkArgument(
        !lifetime.isNegative() && !retention.isNegative() && !window.isNegative(),
        "negative: %s, %s, %s",
        lifetime,
        retention,
        window);
    Duration sum;
    try {
      sum = lifetime.plus(retention).plus(window);
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
    Duration roundedUp = sum.equals(Duration.ofDays(sum.toDays())) ? sum : sum.plusDays(1);
    long days = roundedUp.toDays() + MARGIN.toDays();
    return days > MAX_DAYS ? Optional.empty() : Optional.of((int) days);
  }
}
