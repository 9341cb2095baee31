package io.github.externalstorage.interop;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
import io.github.externalstorage.examples.fulfillment.ProcessOrderBatchWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;

/** A batch of orders that is being processed. */
record Batch(WorkflowStub workflow) {

  static final String ID = "BATCH-interop";
  static final int ORDERS = 200;

  static Batch start(WorkflowClient client, String taskQueue, String workflowId) {
    return start(client, taskQueue, workflowId, new OrderBatchRequest(ID, ORDERS));
  }

  static Batch start(
      WorkflowClient client, String taskQueue, String workflowId, OrderBatchRequest request) {
    WorkflowStub workflow =
        WorkflowStub.fromTyped(
            client.newWorkflowStub(
                ProcessOrderBatchWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(workflowId)
                    .setTaskQueue(taskQueue)
                    .build()));
    var unused = workflow.start(request);
    return new Batch(workflow);
  }

  /** The summary that a starter in another language prints. */
  static BatchSummary summary(Program starter) throws Exception {
    ObjectMapper json = new ObjectMapper();
    return json.treeToValue(json.readTree(starter.outcome()).get("summary"), BatchSummary.class);
  }

  static BatchSummary result(WorkflowClient client, String workflowId) {
    return client.newUntypedWorkflowStub(workflowId).getResult(BatchSummary.class);
  }

  BatchSummary summary() {
    return workflow.getResult(BatchSummary.class);
  }
}
