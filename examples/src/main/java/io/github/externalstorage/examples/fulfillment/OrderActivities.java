package io.github.externalstorage.examples.fulfillment;

import io.github.externalstorage.examples.fulfillment.Orders.Address;
import io.github.externalstorage.examples.fulfillment.Orders.Order;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
import io.github.externalstorage.examples.fulfillment.Orders.ProcessedOrder;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** The activities of {@link ProcessOrderBatchWorkflow}, which pass large payloads around. */
@ActivityInterface
public interface OrderActivities {

  /** Returns the orders of a batch: several hundred kilobytes, even compressed. */
  @ActivityMethod(name = "fetch_orders")
  List<Order> fetchOrders(OrderBatchRequest request);

  /** Works out the shipping cost and the delivery time of each order. */
  @ActivityMethod(name = "process_orders")
  List<ProcessedOrder> processOrders(List<Order> orders);

  /** Generates the orders, and ships from a warehouse in Texas. Thread-safe. */
  final class Impl implements OrderActivities {

    private static final String WAREHOUSE_STATE = "TX";
    private static final BigDecimal BASE_COST_USD = new BigDecimal("2.50");
    private static final BigDecimal COST_USD_PER_KG = new BigDecimal("1.20");

    @Override
    public List<Order> fetchOrders(OrderBatchRequest request) {
      return OrderGenerator.generate(request.batchId(), request.orderCount());
    }

    @Override
    public List<ProcessedOrder> processOrders(List<Order> orders) {
      return orders.stream().map(Impl::process).toList();
    }

    private static ProcessedOrder process(Order order) {
      Address destination = order.customer().address();
      return new ProcessedOrder(
          order.id(),
          order.customer().id(),
          destination.city(),
          destination.state(),
          order.totalWeightKg(),
          shippingCostUsd(order.totalWeightKg()),
          deliveryDays(destination.state()));
    }

    /**
     * To the cent. A weight with two decimals never leads to half a cent, so any rounding mode will
     * do.
     */
    static BigDecimal shippingCostUsd(BigDecimal weightKg) {
      return BASE_COST_USD
          .add(COST_USD_PER_KG.multiply(weightKg))
          .setScale(2, RoundingMode.HALF_EVEN);
    }

    static int deliveryDays(String state) {
      return state.equals(WAREHOUSE_STATE) ? 2 : 5;
    }
  }
}
