package io.github.externalstorage.examples.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.examples.fulfillment.Orders.ProcessedOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BatchSummaryTest {

  @Test
  void addsUpToTheCentInAnyOrder() {
    List<ProcessedOrder> orders = new ArrayList<>(Collections.nCopies(1_000, order("0.10", 5)));
    orders.add(order("12345678901234.56", 2));
    BatchSummary summary = BatchSummary.of("b", orders);
    assertThat(summary.orderCount()).isEqualTo(1_001);
    assertThat(summary.totalShippingCostUsd()).isEqualTo("12345678901334.56");
    assertThat(summary.totalWeightKg()).isEqualTo("12345678901334.56");
    Collections.reverse(orders);
    assertThat(BatchSummary.of("b", orders)).isEqualTo(summary);
  }

  /**
   * The right column is what {@code round((2 * near + 5 * far) / (near + far), 1)} returns in
   * Python.
   */
  @ParameterizedTest
  @CsvSource({
    "200, 0, 2.0",
    "0, 200, 5.0",
    "50, 150, 4.2",
    "30, 170, 4.5",
    "10, 190, 4.8",
    "70, 130, 4.0",
    "46, 154, 4.3",
    "1, 2, 4.0",
    "2, 1, 3.0",
    "0, 0, 0.0",
  })
  void roundsTheAverageAsPythonDoes(int near, int far, double average) {
    List<ProcessedOrder> orders = new ArrayList<>(Collections.nCopies(near, order("1.00", 2)));
    orders.addAll(Collections.nCopies(far, order("1.00", 5)));
    assertThat(BatchSummary.of("b", orders).avgDeliveryDays()).isEqualTo(average);
  }

  private static ProcessedOrder order(String amount, int days) {
    BigDecimal value = new BigDecimal(amount);
    return new ProcessedOrder("o", "c", "Dallas", "TX", value, value, days);
  }
}
