package io.github.externalstorage.interop;

import io.github.externalstorage.examples.fulfillment.BatchSummary;
import io.github.externalstorage.examples.fulfillment.OrderActivitiesImpl;
import io.github.externalstorage.examples.fulfillment.OrderBatchRequest;

/** Orders that the seed decides. */
record StormBatch(String workflowId, OrderBatchRequest request) {

  static StormBatch of(long seed, String name, int index) {
    String workflowId = name + "-" + index;
    return new StormBatch(
        workflowId, new OrderBatchRequest("BATCH-%s-%s".formatted(seed, index), Batch.ORDERS));
  }

  /** What no storage and no worker have had a part in. */
  BatchSummary expected() {
    OrderActivitiesImpl activities = new OrderActivitiesImpl();
    return BatchSummary.of(
        request.batchId(), activities.processOrders(activities.fetchOrders(request)));
  }
}
