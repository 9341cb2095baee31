package io.github.externalstorage.worker;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A workflow that ends with the first message that it is sent. */
@WorkflowInterface
public interface ReceivingWorkflow {

  @WorkflowMethod(name = "Receiving")
  void run();

  @SignalMethod
  void receive(String message);

  /** The implementation. */
  final class Impl implements ReceivingWorkflow {

    private boolean received;

    @Override
    public void run() {
      Workflow.await(() -> received);
    }

    @Override
    public void receive(String message) {
      received = true;
    }
  }
}
