package io.github.externalstorage.interop.everypath;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowStub;
import java.util.Map;
import java.util.Optional;

/** What a client sends to a running workflow. */
final class Calls {

  private final EveryPathStarter starter;
  private final EveryPathWorkflow workflow;
  private final WorkflowStub untyped;

  Calls(EveryPathStarter starter) {
    this.starter = starter;
    workflow =
        starter.newStub(
            EveryPathWorkflow.class,
            starter.options("", Map.of("cargo", starter.cargo("start-memo"))));
    untyped = WorkflowStub.fromTyped(workflow);
  }

  void go() {
    WorkflowExecution execution =
        WorkflowClient.start(workflow::run, starter.cargo("workflow-input"));
    completeActivity(execution);
    Waiting.until("the workflow is ready", workflow::ready);
    workflow.deliver(starter.cargo("signal"));
    workflow.ask(starter.cargo("query-input")).expect("query-result");
    workflow.exchange(starter.cargo("update-input")).expect("update-result");
    new Step(starter.run(), "update-failure-details").expectFailure(workflow::fail);
    readMemo();
    workflow.release();
    untyped.getResult(Cargo.class).expect("workflow-result");
  }

  void leaveOpen() {
    WorkflowExecution execution =
        WorkflowClient.start(workflow::run, starter.cargo("workflow-input"));
    heartbeat(starter.workflows().newActivityCompletionClient(), execution, awaitActivity());
  }

  private void completeActivity(WorkflowExecution execution) {
    String id = awaitActivity();
    ActivityCompletionClient completion = starter.workflows().newActivityCompletionClient();
    heartbeat(completion, execution, id);
    completion.complete(
        execution.getWorkflowId(),
        Optional.of(execution.getRunId()),
        id,
        starter.cargo("async-activity-result"));
  }

  private String awaitActivity() {
    return Waiting.until("an activity waits for its completion", this::startedActivity)
        .getActivityId();
  }

  private void heartbeat(
      ActivityCompletionClient completion, WorkflowExecution execution, String activityId) {
    completion.heartbeat(
        execution.getWorkflowId(),
        Optional.of(execution.getRunId()),
        activityId,
        starter.cargo("async-heartbeat-details"));
  }

  private Optional<PendingActivityInfo> startedActivity() {
    return untyped.describe().getRawDescription().getPendingActivitiesList().stream()
        .filter(
            pending ->
                pending.getActivityType().getName().equals("every_path_async")
                    && pending.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
        .findFirst();
  }

  private void readMemo() {
    WorkflowExecutionDescription description = untyped.describe();
    description.getMemo("cargo", Cargo.class, Cargo.class).expect("start-memo");
    description.getMemo("upserted", Cargo.class, Cargo.class).expect("upsert-memo");
  }
}
