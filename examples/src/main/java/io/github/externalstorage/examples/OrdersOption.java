package io.github.externalstorage.examples;

import picocli.CommandLine.Option;

/** How large a batch is. */
final class OrdersOption {

  @Option(
      names = "--orders",
      paramLabel = "N",
      defaultValue = "200",
      converter = WholeNumber.OfOrders.class,
      description = "Orders in the batch, from 1 to 5000. Default: ${DEFAULT-VALUE}.")
  private int count;

  int count() {
    return count;
  }
}
