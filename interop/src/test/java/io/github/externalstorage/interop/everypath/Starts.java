package io.github.externalstorage.interop.everypath;

import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.BatchRequest;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WithStartWorkflowOperation;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionExecutionStartWorkflow;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The other ways to start a workflow, and one to end it. */
final class Starts {

  private final EveryPathStarter starter;

  Starts(EveryPathStarter starter) {
    this.starter = starter;
  }

  void go() {
    signalWithStart();
    updateWithStartAndTerminate();
    schedule();
  }

  private void signalWithStart() {
    EveryPathReceiverWorkflow receiver =
        starter.newStub(EveryPathReceiverWorkflow.class, starter.options("-receiver", Map.of()));
    BatchRequest request = starter.workflows().newSignalWithStartRequest();
    request.add(receiver::run, starter.cargo("signal-with-start-input"));
    request.add(receiver::deliver, starter.cargo("signal-with-start"));
    var unused = starter.workflows().signalWithStart(request);
    WorkflowStub.fromTyped(receiver).getResult(Cargo.class).expect("signal-with-start-result");
  }

  private void updateWithStartAndTerminate() {
    WorkflowOptions options =
        starter.options("-terminated", Map.of()).toBuilder()
            .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
            .build();
    EveryPathReceiverWorkflow receiver = starter.newStub(EveryPathReceiverWorkflow.class, options);
    Cargo result =
        WorkflowClient.executeUpdateWithStart(
            receiver::exchange,
            starter.cargo("update-with-start-input"),
            UpdateOptions.<Cargo>newBuilder().build(),
            new WithStartWorkflowOperation<>(receiver::run, starter.cargo("terminated-input")));
    result.expect("update-with-start-result");
    WorkflowStub.fromTyped(receiver).terminate("On purpose", starter.cargo("terminate-details"));
  }

  private void schedule() {
    ScheduleHandle schedule =
        createSchedule(
            Schedule.newBuilder().setSpec(ScheduleSpec.newBuilder().build()),
            ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
    WorkflowStub scheduled =
        starter
            .workflows()
            .newUntypedWorkflowStub(
                Waiting.until("the schedule acts", () -> startedBy(schedule)).getWorkflowId());
    scheduled.getResult(Cargo.class).expect("schedule-result");
    scheduled.describe().getMemo("cargo", Cargo.class, Cargo.class).expect("schedule-action-memo");
  }

  void scheduleForLater() {
    ScheduleHandle schedule =
        createSchedule(
            Schedule.newBuilder()
                .setSpec(
                    ScheduleSpec.newBuilder()
                        .setIntervals(List.of(new ScheduleIntervalSpec(Duration.ofDays(365))))
                        .build())
                .setState(ScheduleState.newBuilder().setPaused(true).build()),
            ScheduleOptions.newBuilder().build());
    var unused = schedule.describe();
  }

  private ScheduleHandle createSchedule(Schedule.Builder schedule, ScheduleOptions options) {
    return starter
        .schedules()
        .createSchedule(
            starter.id(""),
            schedule
                .setAction(
                    ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(EveryPathExchangeWorkflow.class)
                        .setArguments(starter.cargo("schedule-input"))
                        .setOptions(
                            starter.options(
                                "-scheduled",
                                Map.of("cargo", starter.cargo("schedule-action-memo"))))
                        .build())
                .build(),
            options);
  }

  private static Optional<ScheduleActionExecutionStartWorkflow> startedBy(ScheduleHandle schedule) {
    return schedule.describe().getInfo().getRecentActions().stream()
        .map(result -> (ScheduleActionExecutionStartWorkflow) result.getAction())
        .findFirst();
  }
}
