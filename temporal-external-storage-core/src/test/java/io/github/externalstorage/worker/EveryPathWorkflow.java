package io.github.externalstorage.worker;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Map;

/** A workflow that sends a large payload on every path that it has. */
@WorkflowInterface
public interface EveryPathWorkflow {

  @WorkflowMethod(name = "EveryPath")
  String run(String input);

  @SignalMethod
  void finish(String reason);

  @QueryMethod
  String query(String argument);

  @UpdateMethod
  String update(String argument);

  @UpdateMethod
  void failingUpdate();

  /** The implementation. */
  final class Impl implements EveryPathWorkflow {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final EveryPathActivities activities =
        Workflow.newActivityStub(
            EveryPathActivities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(TIMEOUT)
                .setRetryOptions(
                    RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(1)).build())
                .build());
    private final EveryPathActivities localActivities =
        Workflow.newLocalActivityStub(
            EveryPathActivities.class,
            LocalActivityOptions.newBuilder().setStartToCloseTimeout(TIMEOUT).build());
    private boolean finished;

    @Override
    public String run(String input) {
      Workflow.upsertMemo(Map.of("upserted", LargeText.of("memo upsert")));
      Workflow.sideEffect(String.class, () -> LargeText.of("side effect"));
      localActivities.process(LargeText.of("local activity input"));
      expectFailure(() -> localActivities.fail("local activity failure"));
      activities.process(LargeText.of("activity input"));
      expectFailure(() -> activities.fail("activity failure"));
      activities.heartbeat();
      activities.completeLater();
      activities.completeLater();
      activities.completeLater();
      Workflow.newChildWorkflowStub(
              ChildWorkflow.class,
              ChildWorkflowOptions.newBuilder()
                  .setWorkflowId("child")
                  .setMemo(Map.of("child", LargeText.of("child memo")))
                  .build())
          .run(LargeText.of("child input"));
      Workflow.newExternalWorkflowStub(ReceivingWorkflow.class, "receiver")
          .receive(LargeText.of("signal to external workflow"));
      Workflow.await(() -> finished);
      return LargeText.of("workflow result");
    }

    @Override
    public void finish(String reason) {
      finished = true;
    }

    @Override
    public String query(String argument) {
      return LargeText.of("query result");
    }

    @Override
    public String update(String argument) {
      return LargeText.of("update result");
    }

    @Override
    public void failingUpdate() {
      throw ApplicationFailure.newFailure("failed", "Expected", LargeText.of("update failure"));
    }

    private static void expectFailure(Runnable call) {
      try {
        call.run();
      } catch (ActivityFailure expected) {
        return;
      }
      throw new AssertionError("The activity should have failed");
    }
  }
}
