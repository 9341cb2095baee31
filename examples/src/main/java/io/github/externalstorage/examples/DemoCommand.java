package io.github.externalstorage.examples;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Everything in one process: a Temporal server for tests, an S3 in memory, worker and starter. */
@Command(
    name = "demo",
    description = "Runs one batch with a Temporal server and an S3 of its own. The default.")
final class DemoCommand implements Runnable {

  private final PrintWriter out;

  @Mixin private final OrdersOption orders = new OrdersOption();

  DemoCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void run() {
    S3Settings settings = S3Settings.fromEnvironment(Map.of());
    try (LocalS3 s3 = LocalS3.start(0, settings.bucket());
        PayloadConfiguration payloads =
            new PayloadConfiguration(settings.withEndpoint(s3.endpoint()));
        InProcessTestServer embedded = TestServer.createServer();
        TemporalServer temporal = new TemporalServer(connect(embedded), "default")) {
      WorkflowClient client = temporal.client(payloads);
      OrderWorker worker = OrderWorker.start(client);
      try (worker) {
        WorkflowExecution run =
            new BatchRun(Clock.systemUTC(), orders.count()).execute(client, out);
        out.println();
        new HistoryTable(client.fetchHistory(run.getWorkflowId(), run.getRunId()))
            .lines()
            .forEach(out::println);
      }
    }
  }

  private static WorkflowServiceStubs connect(InProcessTestServer server) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder().setChannel(server.getChannel()).build());
  }
}
