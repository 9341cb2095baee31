package io.github.externalstorage.lifecycle.plan;

import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.internal.storage.PayloadDecoder;
import io.github.externalstorage.lifecycle.internal.temporal.LocatedPayload;
import io.github.externalstorage.lifecycle.internal.temporal.ProtoTimes;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.schedule.v1.ScheduleActionResult;
import io.temporal.api.schedule.v1.ScheduleListEntry;
import io.temporal.api.workflow.v1.NewWorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads how long a schedule and the runs that it starts need stored payloads. */
final class ScheduleReader {

  private final TemporalServer server;
  private final String namespace;
  private final PayloadDecoder decoder;
  private final NamespaceReport report;

  ScheduleReader(
      TemporalServer server, String namespace, PayloadDecoder decoder, NamespaceReport report) {
    this.server = server;
    this.namespace = namespace;
    this.decoder = decoder;
    this.report = report;
  }

  void schedule(ScheduleListEntry listed) {
    DescribeScheduleResponse description = server.describe(namespace, listed);
    PayloadLocation location =
        PayloadLocation.of(namespace, Kind.SCHEDULE, listed.getScheduleId(), "");
    NewWorkflowExecutionInfo action = description.getSchedule().getAction().getStartWorkflow();
    Instant created =
        description.getInfo().hasCreateTime()
            ? ProtoTimes.instant(description.getInfo().getCreateTime())
            : null;
    report.add(
        location,
        action.getWorkflowType().getName(),
        true,
        created,
        lifetime(location, description, action));
  }

  private Lifetime lifetime(
      PayloadLocation location,
      DescribeScheduleResponse description,
      NewWorkflowExecutionInfo action) {
    boolean storedAction =
        LocatedPayload.of(location, description).stream()
            .anyMatch(payload -> StartedRun.isReference(decoder, payload));
    if (storedAction) {
      return Lifetime.unlimited(PlanObstacle.Reason.SCHEDULE_ACTION);
    }
    if (passesResultOn(description)) {
      return Lifetime.unlimited(PlanObstacle.Reason.SCHEDULE_RESULT);
    }
    return new RunTimeouts(
            ProtoTimes.duration(action.getWorkflowExecutionTimeout()),
            ProtoTimes.duration(action.getWorkflowRunTimeout()),
            Duration.ZERO)
        .lifetime(() -> new OfAction(action));
  }

  /** Whether the newest run got a reference to the result of an earlier one. */
  private boolean passesResultOn(DescribeScheduleResponse description) {
    List<ScheduleActionResult> actions = description.getInfo().getRecentActionsList();
    if (actions.isEmpty()) {
      return false;
    }
    WorkflowExecution run = actions.get(actions.size() - 1).getStartWorkflowResult();
    StartedRun started = started(run);
    return started != null && started.holdsReferenceToResult();
  }

  private @Nullable StartedRun started(WorkflowExecution run) {
    try {
      return new StartedRun(
          decoder,
          PayloadLocation.of(namespace, Kind.WORKFLOW, run.getWorkflowId(), run.getRunId()),
          server.firstEvent(namespace, run));
    } catch (StatusRuntimeException e) {
      if (TemporalServer.isNotFound(e)) {
        return null;
      }
      throw e;
    }
  }

  /** What its action holds is inline, since it holds no reference. */
  private record OfAction(NewWorkflowExecutionInfo action) implements RunTimeouts.PassedOn {

    @Override
    public boolean isRetried() {
      return action.hasRetryPolicy();
    }

    @Override
    public boolean isCron() {
      return !action.getCronSchedule().isEmpty();
    }

    @Override
    public boolean holdsReference() {
      return false;
    }
  }
}
