package io.github.externalstorage.examples.fulfillment;

import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Fetches a batch of orders and processes them. */
@WorkflowInterface
public interface ProcessOrderBatchWorkflow {

  /** The task queue on which worker and starter meet. */
  String TASK_QUEUE = "external-storage-task-queue";

  @WorkflowMethod(name = "ProcessOrderBatchWorkflow")
  BatchSummary processOrderBatch(OrderBatchRequest request);
}
