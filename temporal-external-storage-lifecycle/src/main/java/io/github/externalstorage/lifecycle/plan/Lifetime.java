package io.github.externalstorage.lifecycle.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long references stay in what holds them: at most from the moment at which an object is
 * written to the end of the last run that gets the reference without writing the object again. The
 * retention period is not included. Immutable.
 */
final class Lifetime {

  private final @Nullable Duration longest;
  private final PlanObstacle.@Nullable Reason obstacle;

  private Lifetime(@Nullable Duration longest, PlanObstacle.@Nullable Reason obstacle) {
    this.longest = longest;
    this.obstacle = obstacle;
  }

  static Lifetime atMost(Duration longest) {
    return new Lifetime(requireNonNull(longest), null);
  }

  static Lifetime unlimited(PlanObstacle.Reason obstacle) {
    return new Lifetime(null, requireNonNull(obstacle));
  }

  /** Empty if there is no limit. */
  Optional<Duration> longest() {
    return Optional.ofNullable(longest);
  }

  /** Why there is no limit; empty if there is one. */
  Optional<PlanObstacle.Reason> obstacle() {
    return Optional.ofNullable(obstacle);
  }

  @Override
  public String toString() {
    return longest == null ? "unlimited: " + obstacle : "at most " + longest;
  }
}
