package io.github.externalstorage.s3;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.options.StartupCheck;
import io.github.externalstorage.options.StorageListener;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.util.List;
import java.util.stream.Stream;

/** A test server and a worker that run one {@link ParcelWorkflow}. */
final class ParcelEnvironment implements AutoCloseable {

  private static final String TASK_QUEUE = "parcels";
  private static final String ID = "parcel";

  private final TestWorkflowEnvironment environment;

  ParcelEnvironment(
      ExternalStorageRoute route,
      S3StorageDriver driver,
      StorageRetryOptions retryOptions,
      StorageListener listener) {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setRetryOptions(retryOptions)
            .setListener(listener)
            .setCacheMaxBytes(0)
            .build();
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setPlugins(
                            ExternalStoragePlugin.newBuilder(storage)
                                .setRoute(route)
                                .setStartupCheck(StartupCheck.OFF)
                                .build())
                        .build())
                .build());
    Worker worker = environment.newWorker(TASK_QUEUE, patient());
    worker.registerWorkflowImplementationTypes(ParcelWorkflow.Impl.class);
    worker.registerActivitiesImplementations(new ParcelWorkflow.ActivitiesImpl());
    environment.start();
  }

  /** For a busy machine, on which threads may not run for longer than the defaults allow. */
  static WorkerOptions patient() {
    return WorkerOptions.newBuilder()
        .setDefaultDeadlockDetectionTimeout(TestClients.LONG_TIMEOUT.toMillis())
        .setStickyQueueScheduleToStartTimeout(TestClients.LONG_TIMEOUT)
        .build();
  }

  /** The result of the workflow. */
  int run() {
    return environment
        .getWorkflowClient()
        .newWorkflowStub(
            ParcelWorkflow.class,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TASK_QUEUE)
                .setWorkflowId(ID)
                .setWorkflowTaskTimeout(TestClients.LONG_TIMEOUT)
                .build())
        .run();
  }

  /** The failures of workflow tasks, from the history. */
  List<String> workflowTaskFailures() {
    return events()
        .filter(
            event ->
                event.hasWorkflowTaskFailedEventAttributes()
                    || event.hasWorkflowTaskTimedOutEventAttributes())
        .map(
            event ->
                event.hasWorkflowTaskTimedOutEventAttributes()
                    ? "timed out"
                    : event.getWorkflowTaskFailedEventAttributes().getFailure().getMessage())
        .toList();
  }

  /** The number of attempts of each activity. */
  List<Integer> activityAttempts() {
    return events()
        .filter(HistoryEvent::hasActivityTaskStartedEventAttributes)
        .map(event -> event.getActivityTaskStartedEventAttributes().getAttempt())
        .toList();
  }

  private Stream<HistoryEvent> events() {
    return environment.getWorkflowClient().fetchHistory(ID).getEvents().stream();
  }

  @Override
  public void close() {
    environment.close();
  }
}
