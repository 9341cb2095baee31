package io.github.externalstorage.examples.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.github.externalstorage.examples.fulfillment.Orders.Address;
import io.github.externalstorage.examples.fulfillment.Orders.Customer;
import io.github.externalstorage.examples.fulfillment.Orders.Order;
import io.github.externalstorage.examples.fulfillment.Orders.OrderItem;
import io.temporal.common.converter.DefaultDataConverter;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

final class OrderGeneratorTest {

  private static final String BATCH = "BATCH-20260501-120000";

  private final List<Order> orders = OrderGenerator.generate(BATCH, 200);

  @Test
  void makesTheSameOrdersOnEveryMachine() {
    Order first = orders.get(0);
    assertThat(first.id()).isEqualTo("ORD-000001");
    assertThat(first.customer())
        .isEqualTo(
            new Customer(
                "CUST-000001",
                "Customer 1",
                "customer1@example.com",
                new Address("271 Main Street", "Los Angeles", "CA", "40267", "US")));
    assertThat(first.items().get(1).sku()).isEqualTo("SKU-16977");
    assertThat(first.items().get(1).quantity()).isEqualTo(10);
    assertThat(first.items().get(1).unitPriceUsd()).isEqualTo("602.17");
    assertThat(first.items().get(1).weightKg()).isEqualTo("15.40");
    assertThat(first.totalWeightKg()).isEqualTo("531.73");
    assertThat(Hashing.sha256().hashBytes(json(orders)))
        .hasToString("6508559398eb59ca7792ac76fd8c2786876c3b21f476460917cfe9c97553d128");
  }

  @Test
  void makesAnOrderFromBatchAndIndexAlone() {
    assertThat(OrderGenerator.generate(BATCH, 7)).isEqualTo(orders.subList(0, 7));
    assertThat(OrderGenerator.generate("BATCH-20260501-120001", 7))
        .doesNotContainAnyElementsOf(orders);
    assertThat(OrderGenerator.generate(BATCH, 0)).isEmpty();
    assertThat(new HashSet<>(orders)).hasSize(200);
  }

  @Test
  void staysWithinTheRangesOfTheSample() {
    assertThat(orders)
        .allSatisfy(
            order -> {
              assertThat(order.items()).hasSize(5).allSatisfy(OrderGeneratorTest::inRange);
              assertThat(order.shippingNotes()).matches("[A-Za-z ]{200}");
              assertThat(order.totalWeightKg())
                  .isEqualTo(Orders.sum(order.items(), OrderItem::totalWeightKg));
            });
    assertThat(orders)
        .extracting(order -> order.customer().address().city())
        .contains("Houston", "Dallas", "Los Angeles", "San Francisco", "Denver")
        .contains("Miami", "Chicago", "New York", "Seattle", "Atlanta");
  }

  private static void inRange(OrderItem item) {
    assertThat(item.description()).matches("[A-Za-z ]{500}");
    assertThat(item.quantity()).isBetween(1, 10);
    assertThat(item.unitPriceUsd()).isBetween(new BigDecimal("10.00"), new BigDecimal("1000.00"));
    assertThat(item.weightKg()).isBetween(new BigDecimal("0.50"), new BigDecimal("50.00"));
    assertThat(item.unitPriceUsd()).hasScaleOf(2);
    assertThat(item.weightKg()).hasScaleOf(2);
  }

  private static byte[] json(Object value) {
    return DefaultDataConverter.STANDARD_INSTANCE
        .toPayload(value)
        .orElseThrow()
        .getData()
        .toByteArray();
  }
}
