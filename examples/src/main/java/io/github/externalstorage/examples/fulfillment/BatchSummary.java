package io.github.externalstorage.examples.fulfillment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/** The totals of a batch. The workflow's result: small. */
@JsonNaming(SnakeCaseStrategy.class)
public record BatchSummary(
    String batchId,
    int orderCount,
    BigDecimal totalShippingCostUsd,
    BigDecimal totalWeightKg,
    double avgDeliveryDays) {

  /** The totals of these orders. */
  public static BatchSummary of(String batchId, List<ProcessedOrder> orders) {
    return new BatchSummary(
        batchId,
        orders.size(),
        sum(orders, ProcessedOrder::shippingCostUsd),
        sum(orders, ProcessedOrder::totalWeightKg),
        average(orders));
  }

  private static BigDecimal sum(
      List<ProcessedOrder> orders, Function<ProcessedOrder, BigDecimal> amount) {
    return orders.stream()
        .map(amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(2, RoundingMode.HALF_EVEN);
  }

  /** Rounds the binary fraction, half to even, as a worker in Python does: 4.35 becomes 4.3. */
  private static double average(List<ProcessedOrder> orders) {
    double days =
        orders.stream().mapToInt(ProcessedOrder::estimatedDeliveryDays).average().orElse(0);
    return new BigDecimal(days).setScale(1, RoundingMode.HALF_EVEN).doubleValue();
  }
}
