package io.github.externalstorage.interop.everypath;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Returns at once. */
@WorkflowInterface
public interface EveryPathExchangeWorkflow {

  @WorkflowMethod
  Cargo run(Cargo cargo);

  /** The implementation. */
  final class Impl implements EveryPathExchangeWorkflow {

    @Override
    public Cargo run(Cargo cargo) {
      return cargo.toResult();
    }
  }
}
