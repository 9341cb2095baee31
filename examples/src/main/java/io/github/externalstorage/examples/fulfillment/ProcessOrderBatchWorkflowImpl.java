package io.github.externalstorage.examples.fulfillment;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;

/** Nothing in here knows that the orders are too large for the history. */
public final class ProcessOrderBatchWorkflowImpl implements ProcessOrderBatchWorkflow {

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
