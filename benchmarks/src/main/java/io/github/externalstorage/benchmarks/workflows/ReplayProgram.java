package io.github.externalstorage.benchmarks.workflows;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.benchmarks.Commands;
import io.github.externalstorage.benchmarks.S3Settings;
import io.github.externalstorage.driver.StorageDriver;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;

/**
 * Replays the history of a workflow with many large payloads: first with an empty cache (cold),
 * then again with the same storage (warm).
 */
public final class ReplayProgram {

  private static final String TASK_QUEUE = "replay";

  private final Temporal temporal = new Temporal();
  private final ExternalStorageRoute route;
  private final StorageDriver driver;
  private ExternalStorage storage;

  private ReplayProgram(ExternalStorageRoute route, StorageDriver driver) {
    this.route = route;
    this.driver = driver;
    storage = newStorage();
  }

  /**
   * Runs until the input ends.
   *
   * @param args the route; the number of payloads and their size; {@code s3}, or the delay of an
   *     in-memory driver per payload, in milliseconds
   */
  public static void main(String[] args) throws Exception {
    StorageDriver driver =
        args[3].equals("s3") ? s3() : new SlowStorageDriver(Integer.parseInt(args[3]));
    ReplayProgram program = new ReplayProgram(ExternalStorageRoute.valueOf(args[0]), driver);
    WorkflowExecutionHistory history =
        program.record(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    Commands.reply("ready");
    Commands.serve(Replay.class, command -> program.replay(history, command.cold()));
    System.exit(0);
  }

  private static StorageDriver s3() {
    S3Settings s3 = S3Settings.fromEnvironment();
    return s3.newDriver(s3.newClient());
  }

  private ExternalStorage newStorage() {
    return ExternalStorage.newBuilder().setDriver(driver).build();
  }

  private WorkflowExecutionHistory record(int payloads, int size) {
    WorkflowClient client = client();
    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker = newWorker(factory);
    worker.registerActivitiesImplementations(new PayloadActivitiesImpl());
    factory.start();
    PayloadsWorkflow workflow =
        client.newWorkflowStub(
            PayloadsWorkflow.class, WorkflowOptions.newBuilder().setTaskQueue(TASK_QUEUE).build());
    workflow.fetchAll(payloads, size);
    factory.shutdownNow();
    return client.fetchHistory(WorkflowStub.fromTyped(workflow).getExecution().getWorkflowId());
  }

  private Measured replay(WorkflowExecutionHistory history, boolean cold) throws Exception {
    if (cold) {
      storage = newStorage();
    }
    WorkerFactory factory = WorkerFactory.newInstance(client());
    Worker worker = newWorker(factory);
    long start = System.nanoTime();
    worker.replayWorkflowExecution(history);
    Measured measured = new Measured((System.nanoTime() - start) / 1e9);
    factory.shutdownNow();
    return measured;
  }

  private WorkflowClient client() {
    return temporal.client(DefaultDataConverter.newDefaultInstance(), storage, route);
  }

  private static Worker newWorker(WorkerFactory factory) {
    Worker worker = factory.newWorker(TASK_QUEUE);
    worker.registerWorkflowImplementationTypes(PayloadsWorkflowImpl.class);
    return worker;
  }

  /** The command. */
  record Replay(boolean cold) {}

  /** The response. */
  record Measured(double seconds) {}
}
