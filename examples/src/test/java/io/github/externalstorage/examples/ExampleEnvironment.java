package io.github.externalstorage.examples;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.examples.fulfillment.ProcessOrderBatchWorkflow;
import io.github.externalstorage.options.StartupCheck;
import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageListener;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The example on Temporal's test environment, with a storage without a cache. */
final class ExampleEnvironment implements AutoCloseable {

  static final String BUCKET = "temporal-payloads";

  private final AtomicInteger stored = new AtomicInteger();
  private final TestWorkflowEnvironment environment;

  ExampleEnvironment(S3AsyncClient s3, ExternalStorageRoute route, int threshold) {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(S3StorageDriver.newBuilder().setClient(s3).setBucket(BUCKET).build())
            .setPayloadSizeThreshold(threshold)
            .setCacheMaxBytes(0)
            .setListener(
                new StorageListener() {
                  @Override
                  public void onStored(StorageEvent event) {
                    stored.incrementAndGet();
                  }
                })
            .build();
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    PayloadStorage.clientOptions(
                        "default",
                        ExternalStoragePlugin.newBuilder(storage)
                            .setRoute(route)
                            .setStartupCheck(StartupCheck.OFF)
                            .build()))
                .build());
  }

  /** Runs 200 orders and returns the history. */
  WorkflowExecutionHistory run(Clock clock, PrintWriter out) {
    WorkflowClient client = environment.getWorkflowClient();
    WorkerFactory worker = WorkerCommand.start(client);
    try {
      WorkflowExecution run = StarterCommand.runBatch(client, clock, 200, out);
      return client.fetchHistory(run.getWorkflowId(), run.getRunId());
    } finally {
      WorkerCommand.stop(worker);
    }
  }

  void replay(WorkflowExecutionHistory history) throws Exception {
    Worker worker = environment.newWorker(ProcessOrderBatchWorkflow.TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(ProcessOrderBatchWorkflow.Impl.class);
    WorkflowReplayer.replayWorkflowExecution(history, worker);
  }

  /** The number of payloads that were stored in S3. */
  int stored() {
    return stored.get();
  }

  @Override
  public void close() {
    environment.close();
  }
}
