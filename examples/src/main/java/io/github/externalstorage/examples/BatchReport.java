package io.github.externalstorage.examples;

import io.github.externalstorage.examples.fulfillment.BatchSummary;
import io.github.externalstorage.examples.fulfillment.OrderBatchRequest;
import java.util.Locale;

/** What the starter prints, the same in every locale. */
final class BatchReport {

  private BatchReport() {}

  static String start(String workflowId, OrderBatchRequest request) {
    return String.format(
        Locale.ROOT,
        "Starting workflow %s (batch_id=%s, order_count=%d)",
        workflowId,
        request.batchId(),
        request.orderCount());
  }

  static String summary(BatchSummary summary) {
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
}
