package io.github.externalstorage.examples.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.examples.fulfillment.Orders.Order;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
import io.github.externalstorage.examples.fulfillment.Orders.ProcessedOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrderActivitiesTest {

  @ParameterizedTest
  @CsvSource({"0.00, 2.50", "0.01, 2.51", "0.04, 2.55", "1.00, 3.70", "531.73, 640.58"})
  void chargesByWeight(BigDecimal weightKg, BigDecimal costUsd) {
    assertThat(OrderActivities.Impl.shippingCostUsd(weightKg)).isEqualTo(costUsd);
  }

  @Test
  void agreesWithBinaryArithmeticForEveryWeightOfAnOrder() {
    assertThat(IntStream.rangeClosed(0, 5 * 10 * 50_00))
        .allSatisfy(
            hundredths -> {
              BigDecimal weightKg = BigDecimal.valueOf(hundredths, 2);
              BigDecimal binary = new BigDecimal(2.50 + 1.20 * weightKg.doubleValue());
              assertThat(OrderActivities.Impl.shippingCostUsd(weightKg))
                  .isEqualTo(binary.setScale(2, RoundingMode.HALF_EVEN));
            });
  }

  @ParameterizedTest
  @CsvSource({"TX, 2", "CA, 5", "NY, 5", "tx, 5"})
  void deliversSoonerNearTheWarehouse(String state, int days) {
    assertThat(OrderActivities.Impl.deliveryDays(state)).isEqualTo(days);
  }

  @Test
  void keepsTheIdsOfAnOrder() {
    OrderActivities activities = new OrderActivities.Impl();
    List<Order> orders = activities.fetchOrders(new OrderBatchRequest("BATCH-20260501-120000", 1));
    assertThat(activities.processOrders(orders))
        .containsExactly(
            new ProcessedOrder(
                "ORD-000001",
                "CUST-000001",
                "Los Angeles",
                "CA",
                new BigDecimal("531.73"),
                new BigDecimal("640.58"),
                5));
  }
}
