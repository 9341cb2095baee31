package io.github.externalstorage.examples.fulfillment;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.util.List;

/** What the workflow leaves to activities. */
@ActivityInterface
public interface OrderActivities {

  /** The orders of a batch: several hundred kilobytes, even compressed. */
  @ActivityMethod(name = "fetch_orders")
  List<Order> fetchOrders(OrderBatchRequest request);

  /** Works out cost and time of delivery of each order. */
  @ActivityMethod(name = "process_orders")
  List<ProcessedOrder> processOrders(List<Order> orders);
}
