package io.github.externalstorage.worker;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Async;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** A workflow that takes another path if anything fails. */
@WorkflowInterface
public interface CatchingWorkflow {

  @WorkflowMethod(name = "Catching")
  String run();

  /** The implementation. */
  final class Impl implements CatchingWorkflow {
    @Override
    public String run() {
      PipelineActivities activities =
          Workflow.newActivityStub(
              PipelineActivities.class,
              ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());
      try {
        String product = Async.function(activities::produce).get();
        return "consumed " + Async.function(activities::consume, product).get();
      } catch (Exception e) {
        Workflow.sleep(Duration.ofMinutes(1));
        return "gave up";
      }
    }
  }
}
