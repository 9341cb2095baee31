package io.github.externalstorage.examples;

import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts one workflow and waits for its result. */
@Command(
    name = "starter",
    description = "Starts one batch, for a worker to process, and prints its summary.",
    footerHeading = "%nEnvironment, with defaults:%n",
    footer = {TemporalServer.VARIABLES, S3Settings.VARIABLES})
final class StarterCommand implements Runnable {

  private final Map<String, String> environment;
  private final PrintWriter out;

  @Mixin private final OrdersOption orders = new OrdersOption();

  StarterCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void run() {
    try (TemporalServer temporal = TemporalServer.connect(environment);
        PayloadConfiguration payloads = PayloadConfiguration.connect(environment)) {
      new BatchRun(Clock.systemUTC(), orders.count()).execute(temporal.client(payloads), out);
    }
  }
}
