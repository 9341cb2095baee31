package io.github.externalstorage.examples;

import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
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
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts one workflow and waits for its result. */
@Command(
    name = "starter",
    description = "Starts one batch, which a worker processes, and prints its summary.",
    footerHeading = "%nEnvironment, with defaults:%n",
    footer = {TemporalConnection.VARIABLES, StorageOption.VARIABLES})
final class StarterCommand implements Runnable {

  private static final DateTimeFormatter RUN_ID =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

  private final Map<String, String> environment;
  private final PrintWriter out;

  @Mixin private final BatchOptions batch = new BatchOptions();
  @Mixin private final StorageOption storage = new StorageOption();

  StarterCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void run() {
    try (TemporalConnection temporal = TemporalConnection.connect(environment);
        PayloadStorage payloads = storage.connect(environment)) {
      runBatch(temporal.client(payloads), Clock.systemUTC(), batch.orders, out);
    }
  }

  /**
   * Starts the workflow, with an id made from the current time, waits for its result, and prints
   * both.
   *
   * @throws ExampleException if the workflow can't be started or fails
   */
  static WorkflowExecution runBatch(
      WorkflowClient client, Clock clock, int orders, PrintWriter out) {
    String runId = LocalDateTime.now(clock).format(RUN_ID);
    String workflowId = "external-storage-" + runId;
    OrderBatchRequest request = new OrderBatchRequest("BATCH-" + runId, orders);
    out.println(startLine(workflowId, request));
    out.println();
    out.flush();
    WorkflowOptions options =
        WorkflowOptions.newBuilder()
            .setWorkflowId(workflowId)
            .setTaskQueue(ProcessOrderBatchWorkflow.TASK_QUEUE)
            .build();
    WorkflowStub workflow =
        WorkflowStub.fromTyped(client.newWorkflowStub(ProcessOrderBatchWorkflow.class, options));
    try {
      WorkflowExecution execution = workflow.start(request);
      out.println(summaryLines(workflow.getResult(BatchSummary.class)));
      return execution;
    } catch (WorkflowException e) {
      throw new ExampleException(
          "Workflow %s has no result: %s".formatted(workflowId, rootCause(e)), e);
    }
  }

  /** The same in every locale, as {@link #summaryLines} is. */
  static String startLine(String workflowId, OrderBatchRequest request) {
    return String.format(
        Locale.ROOT,
        "Starting workflow %s (batch_id=%s, order_count=%d)",
        workflowId,
        request.batchId(),
        request.orderCount());
  }

  static String summaryLines(BatchSummary summary) {
    return String.format(
        Locale.ROOT,
        """
        Batch %s: %d orders processed
          Total shipping cost: $%,.2f
          Total weight:        %,.1f kg
          Avg delivery:        %.1f days\
        """,
        summary.batchId(),
        summary.orderCount(),
        summary.totalShippingCostUsd(),
        summary.totalWeightKg(),
        summary.avgDeliveryDays());
  }

  /** Only the first line: messages of gRPC have several. */
  private static String rootCause(Throwable failure) {
    return failure.getCause() == null
        ? failure.toString().lines().findFirst().orElse("")
        : rootCause(failure.getCause());
  }

  /** The options of the commands that start a batch. */
  static final class BatchOptions {

    @Option(
        names = "--orders",
        paramLabel = "N",
        defaultValue = "200",
        converter = OrderCount.class,
        description = "Orders in the batch, from 1 to 5000. Default: ${DEFAULT-VALUE}.")
    int orders;
  }

  /** Limits a batch to what a busy machine can compress within a workflow task's 10 s. */
  private static final class OrderCount implements ITypeConverter<Integer> {
    @Override
    public Integer convert(String value) {
      return Main.wholeNumber(value, 1, 5_000);
    }
  }
}
