package io.github.externalstorage.interop.everypath;

import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Fails with a cargo in the details. */
@WorkflowInterface
public interface EveryPathFailingWorkflow {

  @WorkflowMethod
  void run(Step step);

  /** The implementation. */
  final class Impl implements EveryPathFailingWorkflow {

    @Override
    public void run(Step step) {
      throw ApplicationFailure.newNonRetryableFailure("On purpose", "OnPurpose", step.cargo());
    }
  }
}
