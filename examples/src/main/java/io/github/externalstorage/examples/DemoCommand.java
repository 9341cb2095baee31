package io.github.externalstorage.examples;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;
import io.temporal.worker.WorkerFactory;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs everything in one process: a Temporal test server, a storage, worker and starter. */
@Command(
    name = "demo",
    description =
        "Runs one batch with a Temporal server, a storage and a worker in this process. The default.")
final class DemoCommand implements Runnable {

  private final PrintWriter out;

  @Mixin private final StarterCommand.BatchOptions batch = new StarterCommand.BatchOptions();
  @Mixin private final StorageOption storage = new StorageOption();

  DemoCommand(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void run() {
    if (storage.isDirectory()) {
      try (PayloadStorage payloads = storage.connect(Map.of())) {
        run(payloads);
      }
      return;
    }
    S3Settings settings = S3Settings.fromEnvironment(Map.of());
    try (LocalS3 s3 = LocalS3.start(0, settings.bucket());
        PayloadStorage payloads = PayloadStorage.connect(settings.withEndpoint(s3.endpoint()))) {
      run(payloads);
    }
  }

  private void run(PayloadStorage payloads) {
    try (InProcessTestServer server = TestServer.createServer();
        TemporalConnection temporal = new TemporalConnection(connect(server), "default")) {
      WorkflowClient client = temporal.client(payloads);
      WorkerFactory worker = WorkerCommand.start(client);
      try {
        WorkflowExecution run =
            StarterCommand.runBatch(client, Clock.systemUTC(), batch.orders, out);
        out.println();
        new HistoryTable(client.fetchHistory(run.getWorkflowId(), run.getRunId()))
            .lines()
            .forEach(out::println);
      } finally {
        WorkerCommand.stop(worker);
      }
    }
  }

  private static WorkflowServiceStubs connect(InProcessTestServer server) {
    return WorkflowServiceStubs.newServiceStubs(
        WorkflowServiceStubsOptions.newBuilder().setChannel(server.getChannel()).build());
  }
}
