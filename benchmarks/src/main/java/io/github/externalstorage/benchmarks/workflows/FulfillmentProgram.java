package io.github.externalstorage.benchmarks.workflows;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.benchmarks.Commands;
import io.github.externalstorage.benchmarks.S3Settings;
import io.github.externalstorage.examples.fulfillment.OrderActivities;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
import io.github.externalstorage.examples.fulfillment.ProcessOrderBatchWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.List;

/** The example's workflow, with worker and starter in this process. */
public final class FulfillmentProgram {

  private final String taskQueue;
  private final WorkflowClient client;

  private FulfillmentProgram(ExternalStorageRoute route) {
    taskQueue = "fulfillment-" + route;
    S3Settings s3 = S3Settings.fromEnvironment();
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(s3.newDriver(s3.newClient())).build();
    client =
        new Temporal()
            .client(
                new CodecDataConverter(
                    DefaultDataConverter.newDefaultInstance(), List.of(new GzipPayloadCodec())),
                storage,
                route);
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker = factory.newWorker(taskQueue);
    worker.registerWorkflowImplementationTypes(ProcessOrderBatchWorkflow.Impl.class);
    worker.registerActivitiesImplementations(new OrderActivities.Impl());
    factory.start();
  }

  /**
   * Runs until the input ends.
   *
   * @param args the route
   */
  public static void main(String[] args) throws Exception {
    FulfillmentProgram program = new FulfillmentProgram(ExternalStorageRoute.valueOf(args[0]));
    Commands.reply("ready");
    Commands.serve(Run.class, program::run);
    System.exit(0);
  }

  private Measured run(Run run) {
    ProcessOrderBatchWorkflow workflow =
        client.newWorkflowStub(
            ProcessOrderBatchWorkflow.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(taskQueue)
                .setWorkflowId(taskQueue + "-" + run.batch())
                .build());
    long start = System.nanoTime();
    workflow.processOrderBatch(new OrderBatchRequest(run.batch(), run.orders()));
    return new Measured((System.nanoTime() - start) / 1e9);
  }

  /** The command. */
  record Run(String batch, int orders) {}

  /** The response. */
  record Measured(double seconds) {}
}
