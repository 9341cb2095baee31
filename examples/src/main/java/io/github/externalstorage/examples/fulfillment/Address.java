package io.github.externalstorage.examples.fulfillment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** Where an order goes. */
@JsonNaming(SnakeCaseStrategy.class)
public record Address(String street, String city, String state, String zipCode, String country) {}
