package io.github.externalstorage.examples.fulfillment;

import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.examples.fulfillment.Orders.Order;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
import io.github.externalstorage.examples.fulfillment.Orders.ProcessedOrder;
import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;

/** Fetches a batch of orders and processes them. */
@WorkflowInterface
public interface ProcessOrderBatchWorkflow {

  /** The task queue that the worker polls and the starter uses. */
  String TASK_QUEUE = "external-storage-task-queue";

  @WorkflowMethod(name = "ProcessOrderBatchWorkflow")
  BatchSummary processOrderBatch(OrderBatchRequest request);

  /** Ordinary workflow code: nothing here deals with the size of the orders. */
  final class Impl implements ProcessOrderBatchWorkflow {

    private final OrderActivities activities =
        Workflow.newActivityStub(
            OrderActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(5)).build());

    @Override
    public BatchSummary processOrderBatch(OrderBatchRequest request) {
      List<Order> orders = activities.fetchOrders(request);
      List<ProcessedOrder> processed = activities.processOrders(orders);
      return BatchSummary.of(request.batchId(), processed);
    }
  }
}
