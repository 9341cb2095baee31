package io.github.externalstorage.interop;

import io.github.externalstorage.examples.fulfillment.OrderActivities;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;

/** Orders that the seed decides. */
record StormBatch(String workflowId, OrderBatchRequest request) {

  static StormBatch of(long seed, String name, int index) {
    String workflowId = name + "-" + index;
    return new StormBatch(
        workflowId, new OrderBatchRequest("BATCH-%s-%s".formatted(seed, index), Batch.ORDERS));
  }

  /** The expected result, computed without storage and workers. */
  BatchSummary expected() {
    OrderActivities.Impl activities = new OrderActivities.Impl();
    return BatchSummary.of(
        request.batchId(), activities.processOrders(activities.fetchOrders(request)));
  }
}
