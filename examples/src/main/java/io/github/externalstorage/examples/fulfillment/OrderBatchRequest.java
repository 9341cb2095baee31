package io.github.externalstorage.examples.fulfillment;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/** Asks for a batch of orders to be processed. The workflow's input: small. */
@JsonNaming(SnakeCaseStrategy.class)
public record OrderBatchRequest(String batchId, int orderCount) {}
