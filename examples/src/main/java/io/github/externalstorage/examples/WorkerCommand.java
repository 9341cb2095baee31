package io.github.externalstorage.examples;

import io.github.externalstorage.examples.fulfillment.OrderActivities;
import io.github.externalstorage.examples.fulfillment.ProcessOrderBatchWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the workflow and its activities until Ctrl-C. */
@Command(
    name = "worker",
    description = "Processes batches until Ctrl-C.",
    footerHeading = "%nEnvironment, with defaults:%n",
    footer = {TemporalConnection.VARIABLES, StorageOption.VARIABLES})
final class WorkerCommand implements Runnable {

  private static final int SHUTDOWN_SECONDS = 10;

  /** On a busy machine, parsing and compressing megabytes can exceed the default of one second. */
  private static final int DEADLOCK_TIMEOUT_MILLIS = 10_000;

  private final Map<String, String> environment;
  private final PrintWriter out;

  @Mixin private final StorageOption storage = new StorageOption();

  WorkerCommand(Map<String, String> environment, PrintWriter out) {
    this.environment = environment;
    this.out = out;
  }

  @Override
  public void run() {
    try (TemporalConnection temporal = TemporalConnection.connect(environment);
        PayloadStorage payloads = storage.connect(environment)) {
      WorkerFactory worker = start(temporal.client(payloads));
      Main.awaitCtrlC(() -> out.println("Worker started, Ctrl-C to stop"));
      stop(worker);
    }
    out.println("Worker stopped");
  }

  /** Starts a worker. It stores large payloads because its client does. */
  static WorkerFactory start(WorkflowClient client) {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker =
        factory.newWorker(
            ProcessOrderBatchWorkflow.TASK_QUEUE,
            WorkerOptions.newBuilder()
                .setDefaultDeadlockDetectionTimeout(DEADLOCK_TIMEOUT_MILLIS)
                .build());
    worker.registerWorkflowImplementationTypes(ProcessOrderBatchWorkflow.Impl.class);
    worker.registerActivitiesImplementations(new OrderActivities.Impl());
    factory.start();
    return factory;
  }

  /** Stops a worker after the tasks that are running. */
  static void stop(WorkerFactory worker) {
    worker.shutdown();
    worker.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
