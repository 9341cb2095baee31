package io.github.externalstorage.examples.fulfillment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.math.BigDecimal;

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
