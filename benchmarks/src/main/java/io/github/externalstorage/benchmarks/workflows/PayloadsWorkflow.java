package io.github.externalstorage.benchmarks.workflows;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** A workflow whose history contains many large payloads. */
@WorkflowInterface
public interface PayloadsWorkflow {

  /** Fetches payloads of a size one by one, and returns their total size in bytes. */
  @WorkflowMethod
  long fetchAll(int count, int size);
}
