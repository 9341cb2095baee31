package io.github.externalstorage.examples.fulfillment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Function;

/**
 * The data of the fulfillment center: a batch is requested, its orders are fetched and processed,
 * and a summary is returned.
 */
public final class Orders {

  private Orders() {}

  /** A request to process a batch of orders. The input of the workflow: small. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record OrderBatchRequest(String batchId, int orderCount) {}

  /** An order as it comes in: about 3 KB of JSON. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Order(
      String id,
      Customer customer,
      List<OrderItem> items,
      BigDecimal totalWeightKg,
      String shippingNotes) {

    public Order {
      items = List.copyOf(items);
    }
  }

  /** The customer of an order. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Customer(String id, String name, String email, Address address) {}

  /** Where an order is shipped to. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record Address(String street, String city, String state, String zipCode, String country) {}

  /** A line of an order. Price and weight are per piece. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record OrderItem(
      String sku,
      String name,
      String description,
      int quantity,
      BigDecimal unitPriceUsd,
      BigDecimal weightKg) {

    BigDecimal totalWeightKg() {
      return weightKg.multiply(BigDecimal.valueOf(quantity));
    }
  }

  /** An order that is ready to be shipped. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record ProcessedOrder(
      String id,
      String customerId,
      String destinationCity,
      String destinationState,
      BigDecimal totalWeightKg,
      BigDecimal shippingCostUsd,
      int estimatedDeliveryDays) {}

  /** The totals of a batch. The result of the workflow: small. */
  @JsonNaming(SnakeCaseStrategy.class)
  public record BatchSummary(
      String batchId,
      int orderCount,
      BigDecimal totalShippingCostUsd,
      BigDecimal totalWeightKg,
      double avgDeliveryDays) {

    /** Adds up the given orders. */
    public static BatchSummary of(String batchId, List<ProcessedOrder> orders) {
      return new BatchSummary(
          batchId,
          orders.size(),
          sum(orders, ProcessedOrder::shippingCostUsd),
          sum(orders, ProcessedOrder::totalWeightKg),
          averageDays(orders));
    }

    /** Rounds the binary fraction, half to even, as a worker in Python does: 4.35 becomes 4.3. */
    private static double averageDays(List<ProcessedOrder> orders) {
      double days =
          orders.stream().mapToInt(ProcessedOrder::estimatedDeliveryDays).average().orElse(0);
      return new BigDecimal(days).setScale(1, RoundingMode.HALF_EVEN).doubleValue();
    }
  }

  /** The sum of an amount over all of the values, to the cent. */
  static <T> BigDecimal sum(List<T> values, Function<T, BigDecimal> amount) {
    return values.stream()
        .map(amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .setScale(2, RoundingMode.HALF_EVEN);
  }
}
