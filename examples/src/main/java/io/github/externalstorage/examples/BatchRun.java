package io.github.externalstorage.examples;

import io.github.externalstorage.examples.fulfillment.BatchSummary;
import io.github.externalstorage.examples.fulfillment.OrderBatchRequest;
import io.github.externalstorage.examples.fulfillment.ProcessOrderBatchWorkflow;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** One run of the workflow, from request to summary. */
final class BatchRun {

  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final String workflowId;
  private final OrderBatchRequest request;

  /** A run that is named after the time. */
  BatchRun(Clock clock, int orderCount) {
    String runId = LocalDateTime.now(clock).format(RUN_ID);
    workflowId = "external-storage-" + runId;
    request = new OrderBatchRequest("BATCH-" + runId, orderCount);
  }

  /**
   * Starts the workflow, waits for its result, and reports both.
   *
   * @throws ExampleException if the workflow can't be started or fails
   */
  WorkflowExecution execute(WorkflowClient client, PrintWriter out) {
    out.println(BatchReport.start(workflowId, request));
    out.println();
    out.flush();
    WorkflowStub workflow = workflow(client);
    try {
      WorkflowExecution execution = workflow.start(request);
      out.println(BatchReport.summary(workflow.getResult(BatchSummary.class)));
      return execution;
    } catch (WorkflowException e) {
      throw new ExampleException(
          "Workflow %s has no result: %s".formatted(workflowId, rootCause(e)), e);
    }
  }

  private WorkflowStub workflow(WorkflowClient client) {
    return WorkflowStub.fromTyped(
        client.newWorkflowStub(
            ProcessOrderBatchWorkflow.class,
            WorkflowOptions.newBuilder()
                .setWorkflowId(workflowId)
                .setTaskQueue(ProcessOrderBatchWorkflow.TASK_QUEUE)
                .build()));
  }

  /** In one line: gRPC's messages have several. */
  private static String rootCause(Throwable failure) {
    return failure.getCause() == null
        ? failure.toString().lines().findFirst().orElse("")
        : rootCause(failure.getCause());
  }
}
