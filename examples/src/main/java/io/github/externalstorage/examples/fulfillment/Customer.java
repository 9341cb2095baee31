package io.github.externalstorage.examples.fulfillment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** Who ordered. */
@JsonNaming(SnakeCaseStrategy.class)
public record Customer(String id, String name, String email, Address address) {}
