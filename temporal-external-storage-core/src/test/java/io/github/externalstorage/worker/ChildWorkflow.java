package io.github.externalstorage.worker;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A child that returns a large payload. */
@WorkflowInterface
public interface ChildWorkflow {

  @WorkflowMethod(name = "Child")
  String run(String input);

  /** The implementation. */
  final class Impl implements ChildWorkflow {
    @Override
    public String run(String input) {
      return LargeText.of("child result");
    }
  }
}
