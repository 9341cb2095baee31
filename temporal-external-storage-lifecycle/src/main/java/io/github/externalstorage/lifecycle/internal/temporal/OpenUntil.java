package io.github.externalstorage.lifecycle.internal.temporal;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import io.temporal.api.activity.v1.ActivityExecutionInfo;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.nexus.v1.NexusOperationExecutionInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionConfig;
import io.temporal.api.workflow.v1.WorkflowExecutionExtendedInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeActivityExecutionResponse;
import io.temporal.api.workflowservice.v1.DescribeNexusOperationExecutionResponse;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Until when something that holds payloads can be open. Immutable.
 *
 * @param isOpen whether it was open when it was read
 * @param limit when it is closed at the latest, null if there is no limit
 */
public record OpenUntil(boolean isOpen, @Nullable Instant limit) {

  static final OpenUntil CLOSED = new OpenUntil(false, null);
  static final OpenUntil UNLIMITED = new OpenUntil(true, null);

  static OpenUntil at(Instant limit) {
    return new OpenUntil(true, limit);
  }

  /** Reads the description of a workflow run, schedule, activity or operation. */
  static OpenUntil of(Message description) {
    if (description instanceof DescribeWorkflowExecutionResponse run) {
      return run.getWorkflowExecutionInfo().hasCloseTime() ? CLOSED : ofOpen(run);
    }
    if (description instanceof DescribeActivityExecutionResponse activity) {
      ActivityExecutionInfo info = activity.getInfo();
      return info.hasCloseTime()
          ? CLOSED
          : of(info.getExpirationTime(), info.getScheduleTime(), info.getScheduleToCloseTimeout());
    }
    if (description instanceof DescribeNexusOperationExecutionResponse operation) {
      NexusOperationExecutionInfo info = operation.getInfo();
      return info.hasCloseTime()
          ? CLOSED
          : of(info.getExpirationTime(), info.getScheduleTime(), info.getScheduleToCloseTimeout());
    }
    return description instanceof DescribeScheduleResponse ? UNLIMITED : CLOSED;
  }

  /**
   * A run timeout limits a single run; with a retry policy or a cron schedule, the server passes
   * payloads on to the next one.
   *
   * @param first the first event of the run
   */
  OpenUntil withFirst(HistoryEvent first) {
    WorkflowExecutionStartedEventAttributes started =
        first.getWorkflowExecutionStartedEventAttributes();
    boolean goesOn = started.hasRetryPolicy() || !started.getCronSchedule().isEmpty();
    boolean isLimited = ProtoTimes.isPositive(started.getWorkflowExecutionTimeout());
    return isOpen && goesOn && !isLimited ? UNLIMITED : this;
  }

  private static OpenUntil ofOpen(DescribeWorkflowExecutionResponse run) {
    WorkflowExecutionExtendedInfo extended = run.getWorkflowExtendedInfo();
    WorkflowExecutionConfig config = run.getExecutionConfig();
    WorkflowExecutionInfo info = run.getWorkflowExecutionInfo();
    // Includes the delay of a start.
    Timestamp start = info.hasExecutionTime() ? info.getExecutionTime() : info.getStartTime();
    OpenUntil chain =
        of(extended.getExecutionExpirationTime(), start, config.getWorkflowExecutionTimeout());
    return chain.limit == null
        ? of(extended.getRunExpirationTime(), start, config.getWorkflowRunTimeout())
        : chain;
  }

  /** Older servers report the timeout only. */
  private static OpenUntil of(Timestamp expiration, Timestamp start, Duration timeout) {
    if (expiration.getSeconds() > 0) {
      return at(ProtoTimes.instant(expiration));
    }
    return ProtoTimes.isPositive(timeout)
        ? at(ProtoTimes.instant(start).plus(ProtoTimes.duration(timeout)))
        : UNLIMITED;
  }

  /** When it is closed at the latest; empty if there is no limit. */
  public Optional<Instant> latest() {
    return Optional.ofNullable(limit);
  }
}
