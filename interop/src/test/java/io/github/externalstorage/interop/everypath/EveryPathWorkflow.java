package io.github.externalstorage.interop.everypath;

import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * Uses every path that begins in a workflow, waits for the signal {@code release}, continues as new
 * and returns.
 */
@WorkflowInterface
public interface EveryPathWorkflow {

  @WorkflowMethod
  Cargo run(Cargo cargo);

  @SignalMethod
  void deliver(Cargo cargo);

  @SignalMethod
  void release();

  @QueryMethod
  Cargo ask(Cargo cargo);

  /** Whether only the client's paths are left. */
  @QueryMethod
  boolean ready();

  @UpdateMethod
  Cargo exchange(Cargo cargo);

  @UpdateMethod
  void fail(Step step);
}
