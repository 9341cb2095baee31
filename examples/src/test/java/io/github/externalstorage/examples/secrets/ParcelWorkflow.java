package io.github.externalstorage.examples.secrets;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A workflow with a large input. */
@WorkflowInterface
public interface ParcelWorkflow {

  @WorkflowMethod
  String run(String parcel);

  /** The implementation. */
  final class Impl implements ParcelWorkflow {
    @Override
    public String run(String parcel) {
      return "taken";
    }
  }
}
