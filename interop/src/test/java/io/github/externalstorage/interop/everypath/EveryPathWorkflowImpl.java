package io.github.externalstorage.interop.everypath;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.NexusServiceOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** See {@link EveryPathWorkflow}. */
public final class EveryPathWorkflowImpl implements EveryPathWorkflow {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final RetryOptions AT_ONCE =
      RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(1)).build();

  private Optional<Cargo> delivered = Optional.empty();
  private boolean ready;
  private boolean released;

  @Override
  public Cargo run(Cargo cargo) {
    if (cargo.path().equals("continue-as-new-input")) {
      cargo.expect("continue-as-new-input");
      return cargo.to("workflow-result");
    }
    cargo.expect("workflow-input");
    callActivities(cargo);
    startChildren(cargo);
    callNexus(cargo);
    useMemo(cargo);
    ready = true;
    Workflow.await(() -> released && delivered.isPresent());
    delivered.orElseThrow().expect("signal");
    return Workflow.newContinueAsNewStub(EveryPathWorkflow.class)
        .run(cargo.to("continue-as-new-input"));
  }

  private static void callActivities(Cargo cargo) {
    EveryPathActivities activities =
        Workflow.newActivityStub(
            EveryPathActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(TIMEOUT)
                .setRetryOptions(AT_ONCE)
                .build());
    EveryPathActivities local =
        Workflow.newLocalActivityStub(
            EveryPathActivities.class,
            LocalActivityOptions.newBuilder().setStartToCloseTimeout(TIMEOUT).build());
    activities.exchange(cargo.to("activity-input")).expect("activity-result");
    local.exchange(cargo.to("local-activity-input")).expect("local-activity-result");
    activities.heartbeat(new Step(cargo.run(), "heartbeat-details"));
    new Step(cargo.run(), "activity-failure-details").expectFailure(activities::fail);
    activities
        .completeLater(new Step(cargo.run(), "async-activity-result"))
        .expect("async-activity-result");
  }

  private static void startChildren(Cargo cargo) {
    EveryPathReceiverWorkflow receiver =
        Workflow.newChildWorkflowStub(
            EveryPathReceiverWorkflow.class,
            ChildWorkflowOptions.newBuilder()
                .setWorkflowId(workflowId(cargo, "child"))
                .setMemo(Map.of("cargo", cargo.to("child-memo")))
                .build());
    Promise<Cargo> result = Async.function(receiver::run, cargo.to("child-input"));
    receiver.deliver(cargo.to("external-signal"));
    result.get().expect("child-result");
    EveryPathFailingWorkflow failing =
        Workflow.newChildWorkflowStub(
            EveryPathFailingWorkflow.class,
            ChildWorkflowOptions.newBuilder().setWorkflowId(workflowId(cargo, "failing")).build());
    new Step(cargo.run(), "workflow-failure-details").expectFailure(failing::run);
  }

  private static void callNexus(Cargo cargo) {
    EveryPathService service =
        Workflow.newNexusServiceStub(
            EveryPathService.class,
            NexusServiceOptions.newBuilder()
                .setEndpoint(Workflow.getInfo().getTaskQueue())
                .build());
    service.exchange(cargo.to("nexus-input")).expect("nexus-result");
    service.run(cargo.to("nexus-workflow-input")).expect("nexus-workflow-result");
  }

  private static void useMemo(Cargo cargo) {
    Workflow.getMemo("cargo", Cargo.class, Cargo.class).expect("start-memo");
    Workflow.upsertMemo(Map.of("upserted", cargo.to("upsert-memo")));
  }

  private static String workflowId(Cargo cargo, String suffix) {
    return "every-path-" + cargo.run() + "-" + suffix;
  }

  @Override
  public void deliver(Cargo cargo) {
    delivered = Optional.of(cargo);
  }

  @Override
  public void release() {
    released = true;
  }

  @Override
  public Cargo ask(Cargo cargo) {
    return cargo.toResult();
  }

  @Override
  public boolean ready() {
    return ready;
  }

  @Override
  public Cargo exchange(Cargo cargo) {
    return cargo.toResult();
  }

  @Override
  public void fail(Step step) {
    throw ApplicationFailure.newFailure("On purpose", "OnPurpose", step.cargo());
  }
}
