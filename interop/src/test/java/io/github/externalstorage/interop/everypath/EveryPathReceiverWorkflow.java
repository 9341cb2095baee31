package io.github.externalstorage.interop.everypath;

import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Returns once a signal has arrived. */
@WorkflowInterface
public interface EveryPathReceiverWorkflow {

  @WorkflowMethod
  Cargo run(Cargo cargo);

  @SignalMethod
  void deliver(Cargo cargo);

  @UpdateMethod
  Cargo exchange(Cargo cargo);

  /** The implementation. */
  final class Impl implements EveryPathReceiverWorkflow {

    private boolean delivered;

    @Override
    public Cargo run(Cargo cargo) {
      Workflow.await(() -> delivered);
      return cargo.toResult();
    }

    @Override
    public void deliver(Cargo cargo) {
      cargo.expect(cargo.path());
      delivered = true;
    }

    @Override
    public Cargo exchange(Cargo cargo) {
      return cargo.toResult();
    }
  }
}
