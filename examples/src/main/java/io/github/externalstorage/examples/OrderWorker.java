package io.github.externalstorage.examples;

import io.github.externalstorage.examples.fulfillment.OrderActivitiesImpl;
import io.github.externalstorage.examples.fulfillment.ProcessOrderBatchWorkflow;
import io.github.externalstorage.examples.fulfillment.ProcessOrderBatchWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.util.concurrent.TimeUnit;

/** Runs the workflow and its activities. */
final class OrderWorker implements AutoCloseable {

  private static final int SHUTDOWN_SECONDS = 10;

  /** Parsing and compressing megabytes can take a busy machine longer than the default second. */
  private static final int DEADLOCK_MILLIS = 10_000;

  private final WorkerFactory factory;

  private OrderWorker(WorkerFactory factory) {
    this.factory = factory;
  }

  static OrderWorker start(WorkflowClient client) {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker =
        factory.newWorker(
            ProcessOrderBatchWorkflow.TASK_QUEUE,
            WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(DEADLOCK_MILLIS).build());
    worker.registerWorkflowImplementationTypes(ProcessOrderBatchWorkflowImpl.class);
    worker.registerActivitiesImplementations(new OrderActivitiesImpl());
    factory.start();
    return new OrderWorker(factory);
  }

  /** Lets tasks that are under way finish. */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }
}
