package io.github.externalstorage.examples.fulfillment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;
import java.util.List;

/** An order as it comes in, about 3 KB of JSON. */
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
