package io.github.externalstorage.lifecycle.plan;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * The timeouts of a workflow run. Immutable.
 *
 * @param execution of the whole chain of runs; zero for none
 * @param run of each run; zero for none
 * @param delay between the start and the first workflow task, which extends both
 */
record RunTimeouts(Duration execution, Duration run, Duration delay) {

  /** What can lead from one run to the next without a worker that stores payloads again. */
  interface PassedOn {

    boolean isRetried();

    boolean isCron();

    /** Whether a memo, header or the like holds a reference. */
    boolean holdsReference();
  }

  /**
   * @param passedOn requested only if it matters
   */
  Lifetime lifetime(Supplier<PassedOn> passedOn) {
    if (!execution.isZero()) {
      return Lifetime.atMost(execution.plus(delay));
    }
    if (run.isZero()) {
      return Lifetime.unlimited(PlanObstacle.Reason.NO_TIMEOUT);
    }
    PassedOn chain = passedOn.get();
    if (chain.isCron()) {
      return Lifetime.unlimited(PlanObstacle.Reason.CRON);
    }
    if (chain.isRetried()) {
      return Lifetime.unlimited(PlanObstacle.Reason.RETRIED);
    }
    return chain.holdsReference()
        ? Lifetime.unlimited(PlanObstacle.Reason.PASSED_ON)
        : Lifetime.atMost(run.plus(delay));
  }
}
