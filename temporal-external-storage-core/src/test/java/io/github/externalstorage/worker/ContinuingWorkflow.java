package io.github.externalstorage.worker;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A workflow that continues as new once, and then fails. */
@WorkflowInterface
public interface ContinuingWorkflow {

  @WorkflowMethod(name = "Continuing")
  void run(String input, boolean last);

  /** The implementation. */
  final class Impl implements ContinuingWorkflow {
    @Override
    public void run(String input, boolean last) {
      if (!last) {
        Workflow.continueAsNew(LargeText.of("continue-as-new"), true);
      }
      throw ApplicationFailure.newFailure("failed", "Expected", LargeText.of("workflow failure"));
    }
  }
}
