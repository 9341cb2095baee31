package io.github.externalstorage.lifecycle.plan;

import io.github.externalstorage.lifecycle.plan.PlanObstacle.Reason;
import java.time.Duration;
import java.util.Optional;

/**
 * How long references stay in what holds them: at most from the moment at which an object is
 * written to the end of the last run that gets the reference without writing the object again. The
 * retention period is not included. Immutable.
 *
 * @param longest empty if there is no limit
 * @param obstacle why there is no limit; empty if there is one
 */
record Lifetime(Optional<Duration> longest, Optional<Reason> obstacle) {

  static Lifetime atMost(Duration longest) {
    return new Lifetime(Optional.of(longest), Optional.empty());
  }

  static Lifetime unlimited(Reason obstacle) {
    return new Lifetime(Optional.empty(), Optional.of(obstacle));
  }
}
