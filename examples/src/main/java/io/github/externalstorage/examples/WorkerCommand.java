package io.github.externalstorage.examples;

import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;

/** Runs the workflow and its activities until Ctrl-C. */
@Command(
    name = "worker",
    description = "Processes batches until Ctrl-C.",
    footerHeading = "%nEnvironment, with defaults:%n",
    footer = {TemporalServer.VARIABLES, S3Settings.VARIABLES})
final class WorkerCommand implements Runnable {

  private final Map<String, String> environment;
  private final PrintWriter out;

  WorkerCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void run() {
    try (CtrlC ctrlC = new CtrlC()) {
      try (TemporalServer temporal = TemporalServer.connect(environment);
          PayloadConfiguration payloads = PayloadConfiguration.connect(environment)) {
        OrderWorker worker = OrderWorker.start(temporal.client(payloads));
        try (worker) {
          out.println("Worker started, Ctrl-C to stop");
          ctrlC.await();
        }
      }
      out.println("Worker stopped");
    }
  }
}
