package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.activity.ActivityInfo;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.ActivityCompletionClient;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.payload.context.ActivitySerializationContext;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sends a large payload on every path that a client, a workflow and an activity have. */
final class EveryPathScenario implements AutoCloseable {

  private final EveryPathActivities.Impl activities = new EveryPathActivities.Impl();
  private final Map<String, String> runNames = new HashMap<>();
  private final StorageEnvironment environment;
  private final WorkflowClient client;
  private final Runnable beforeEachCall;

  /**
   * @param evicting whether workflows are evicted before each call, so that each replays
   */
  EveryPathScenario(ExternalStorageRoute route, boolean evicting) {
    environment =
        StorageEnvironment.newBuilder(route)
            .setWorkflows(
                EveryPathWorkflow.Impl.class,
                ChildWorkflow.Impl.class,
                ReceivingWorkflow.Impl.class,
                ContinuingWorkflow.Impl.class)
            .setActivities(activities)
            .start();
    client = environment.client();
    beforeEachCall = evicting ? environment::evictWorkflows : () -> {};
  }

  StorageEnvironment environment() {
    return environment;
  }

  /** What a run is called in the tests: "run", or "first run" of a workflow that continued. */
  String nameOfRun(String runId) {
    return runNames.getOrDefault(runId, runId);
  }

  void run() throws InterruptedException {
    WorkflowClient.start(environment.newWorkflow(ReceivingWorkflow.class, "receiver")::run);
    EveryPathWorkflow workflow =
        client.newWorkflowStub(
            EveryPathWorkflow.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(StorageEnvironment.TASK_QUEUE)
                .setWorkflowId("main")
                .setMemo(Map.of("started", LargeText.of("memo")))
                .build());
    WorkflowClient.start(workflow::run, LargeText.of("workflow input"));
    beforeEachCall.run();
    assertThat(workflow.query(LargeText.of("query argument")))
        .isEqualTo(LargeText.of("query result"));
    beforeEachCall.run();
    assertThat(workflow.update(LargeText.of("update argument")))
        .isEqualTo(LargeText.of("update result"));
    beforeEachCall.run();
    assertThatExceptionOfType(WorkflowUpdateException.class).isThrownBy(workflow::failingUpdate);
    completeActivities(client.newActivityCompletionClient());
    beforeEachCall.run();
    workflow.finish(LargeText.of("signal"));
    assertThat(WorkflowStub.fromTyped(workflow).getResult(String.class))
        .isEqualTo(LargeText.of("workflow result"));
    continueAsNew();
    signalWithStart();
    nameRuns("run", "main", "child", "receiver", "chain");
  }

  private void completeActivities(ActivityCompletionClient completion) throws InterruptedException {
    ActivityInfo first = nextActivity();
    completion.heartbeat(first.getTaskToken(), LargeText.of("heartbeat by token"));
    completion.complete(first.getTaskToken(), LargeText.of("completion by token"));
    ActivityInfo second = nextActivity();
    completion.complete(
        second.getWorkflowId(),
        Optional.of(second.getWorkflowRunId()),
        second.getActivityId(),
        LargeText.of("completion by id"));
    ActivityInfo third = nextActivity();
    completion
        .withContext(new ActivitySerializationContext(third))
        .complete(third.getTaskToken(), LargeText.of("completion with context"));
  }

  private ActivityInfo nextActivity() throws InterruptedException {
    ActivityInfo activity = activities.open.take();
    beforeEachCall.run();
    return activity;
  }

  private void continueAsNew() {
    ContinuingWorkflow chain = environment.newWorkflow(ContinuingWorkflow.class, "chain");
    WorkflowExecution first = WorkflowClient.start(chain::run, LargeText.of("chain input"), false);
    runNames.put(first.getRunId(), "first run");
    assertThatExceptionOfType(WorkflowFailedException.class)
        .isThrownBy(() -> WorkflowStub.fromTyped(chain).getResult(Void.class));
  }

  private void signalWithStart() {
    ReceivingWorkflow started = environment.newWorkflow(ReceivingWorkflow.class, "started");
    BatchRequest batch = client.newSignalWithStartRequest();
    batch.add(started::run);
    batch.add(started::receive, LargeText.of("signal with start"));
    client.signalWithStart(batch);
  }

  private void nameRuns(String name, String... workflowIds) {
    for (String id : workflowIds) {
      runNames.put(client.newUntypedWorkflowStub(id).describe().getExecution().getRunId(), name);
    }
  }

  @Override
  public void close() {
    environment.close();
  }
}
