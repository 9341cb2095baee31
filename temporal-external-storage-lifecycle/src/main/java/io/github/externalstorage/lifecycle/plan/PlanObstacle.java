package io.github.externalstorage.lifecycle.plan;

import io.github.externalstorage.lifecycle.PayloadLocation;
import java.time.Instant;
import java.util.Optional;

/**
 * Why no lifecycle rule is safe: something keeps references for an unlimited time. One stands for
 * all workflows, activities or schedules with the same reason and type. Immutable.
 *
 * @param reason the reason
 * @param type the type of the workflow or activity, or the service and operation; for a schedule
 *     the type of the workflow that it starts
 * @param open how many of them are open now; 0 if only closed ones were found
 * @param example the one that started first
 * @param startedAt when the example started; empty if unknown
 */
public record PlanObstacle(
    Reason reason, String type, long open, PayloadLocation example, Optional<Instant> startedAt) {

  /** The reasons. */
  public enum Reason {
    /** A workflow run without any timeout. */
    NO_TIMEOUT("has no execution timeout and no run timeout, so it can stay open for ever"),
    /** A run timeout ends one run, but a retry policy passes the run's input on. */
    RETRIED(
        "has no execution timeout, and its retry policy passes its input on to new runs without"
            + " storing it again"),
    /** A run timeout ends one run, but a cron schedule passes input and result on. */
    CRON(
        "has no execution timeout, and its cron schedule passes input and result on to new runs"
            + " without storing them again"),
    /** A run timeout ends one run, but a stored memo or header can be passed on. */
    PASSED_ON(
        "has no execution timeout, and a stored memo, header or result can be passed on from run to"
            + " run without being stored again"),
    /** A schedule whose action holds a stored payload. */
    SCHEDULE_ACTION(
        "starts workflows with a stored payload, which is stored once and needed as long as the"
            + " schedule exists"),
    /** A schedule that passes a stored result on to its next run. */
    SCHEDULE_RESULT(
        "passes the stored result of its last successful run on to the next runs without storing it"
            + " again"),
    /** A standalone activity or Nexus operation without a timeout for all attempts. */
    NO_SCHEDULE_TO_CLOSE_TIMEOUT("has no schedule-to-close timeout, so it can stay open for ever");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    /** The reason as a part of a sentence, such as {@code has no execution timeout …}. */
    public String getText() {
      return text;
    }
  }
}
