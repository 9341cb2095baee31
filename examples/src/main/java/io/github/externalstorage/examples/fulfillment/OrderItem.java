package io.github.externalstorage.examples.fulfillment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.List;

/** A line of an order. Price and weight are those of one piece. */
@JsonNaming(SnakeCaseStrategy.class)
public record OrderItem(
    String sku,
    String name,
    String description,
    int quantity,
    BigDecimal unitPriceUsd,
    BigDecimal weightKg) {

  static BigDecimal totalWeightKg(List<OrderItem> items) {
    return items.stream()
        .map(item -> item.weightKg.multiply(BigDecimal.valueOf(item.quantity)))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
