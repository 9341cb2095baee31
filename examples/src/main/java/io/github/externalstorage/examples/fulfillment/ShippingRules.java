package io.github.externalstorage.examples.fulfillment;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What shipping costs and how long it takes from the warehouse in Texas. */
final class ShippingRules {

  private static final String WAREHOUSE_STATE = "TX";
  private static final BigDecimal BASE_COST_USD = new BigDecimal("2.50");
  private static final BigDecimal COST_USD_PER_KG = new BigDecimal("1.20");

  private ShippingRules() {}

  static ProcessedOrder process(Order order) {
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

  /** To the cent. A weight of two decimals never lies half way, so every rounding mode agrees. */
  static BigDecimal shippingCostUsd(BigDecimal weightKg) {
    return BASE_COST_USD
        .add(COST_USD_PER_KG.multiply(weightKg))
        .setScale(2, RoundingMode.HALF_EVEN);
  }

  static int deliveryDays(String state) {
    return state.equals(WAREHOUSE_STATE) ? 2 : 5;
  }
}
