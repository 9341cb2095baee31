package io.github.externalstorage.examples.fulfillment;

import java.util.List;

/** Makes the orders up. Thread-safe. */
public final class OrderActivitiesImpl implements OrderActivities {

  @Override
  public List<Order> fetchOrders(OrderBatchRequest request) {
    return OrderGenerator.generate(request.batchId(), request.orderCount());
  }

  @Override
  public List<ProcessedOrder> processOrders(List<Order> orders) {
    return orders.stream().map(ShippingRules::process).toList();
  }
}
