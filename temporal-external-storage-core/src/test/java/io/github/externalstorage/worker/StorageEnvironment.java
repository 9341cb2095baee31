package io.github.externalstorage.worker;

import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.options.StartupCheck;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A test server with a client and a worker that keep large payloads in a recording driver. */
final class StorageEnvironment implements AutoCloseable {

  static final String TASK_QUEUE = "storage";

  /** Small, so that no test has to transfer much. */
  static final int THRESHOLD = 1000;

  private final Builder settings;
  private final TestWorkflowEnvironment server;
  private final List<WorkerFactory> otherFactories = new ArrayList<>();

  private StorageEnvironment(Builder builder) {
    settings = builder;
    server =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(clientOptions(UnaryOperator.identity()))
                .setMetricsScope(builder.metricsScope)
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(builder.interceptors)
                        .build())
                .build());
    Worker worker = server.newWorker(TASK_QUEUE, workerOptions(builder.deadlockDetectionTimeout));
    worker.registerWorkflowImplementationTypes(builder.workflows);
    worker.registerActivitiesImplementations(builder.activities);
  }

  /** Every route that the SDK on the class path supports. */
  static List<ExternalStorageRoute> routes() {
    return ExternalStorageRoute.detect() == ExternalStorageRoute.NATIVE
        ? List.of(ExternalStorageRoute.values())
        : List.of(ExternalStorageRoute.CODEC);
  }

  static Builder newBuilder(ExternalStorageRoute route) {
    return new Builder(route);
  }

  TestWorkflowEnvironment server() {
    return server;
  }

  WorkflowClient client() {
    return server.getWorkflowClient();
  }

  Worker worker() {
    return server.getWorkerFactory().getWorker(TASK_QUEUE);
  }

  RecordingStorageDriver driver() {
    return settings.driver;
  }

  /**
   * For workers on a busy machine, where threads may not run for longer than the default allows.
   */
  static WorkerOptions patient() {
    return workerOptions(Duration.ofMinutes(1));
  }

  private static WorkerOptions workerOptions(Duration deadlockDetectionTimeout) {
    return WorkerOptions.newBuilder()
        .setDefaultDeadlockDetectionTimeout(deadlockDetectionTimeout.toMillis())
        .setStickyQueueScheduleToStartTimeout(Duration.ofMinutes(1))
        .build();
  }

  /** A stub that starts a workflow of the given id. */
  <T> T newWorkflow(Class<T> type, String id) {
    return client()
        .newWorkflowStub(
            type,
            WorkflowOptions.newBuilder()
                .setTaskQueue(TASK_QUEUE)
                .setWorkflowId(id)
                .setWorkflowTaskTimeout(Duration.ofMinutes(1))
                .build());
  }

  /** The events of one type in a workflow's history. */
  List<HistoryEvent> events(String workflowId, EventType type) {
    return client().fetchHistory(workflowId).getEvents().stream()
        .filter(event -> event.getEventType() == type)
        .toList();
  }

  /** Evicts the worker's cached workflows, so that each replays at its next task. */
  void evictWorkflows() {
    try {
      Method getCache = WorkerFactory.class.getDeclaredMethod("getCache");
      getCache.setAccessible(true);
      Object cache = getCache.invoke(server.getWorkerFactory());
      cache.getClass().getMethod("invalidateAll").invoke(cache);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("The SDK's cache of workflows is elsewhere now", e);
    }
  }

  /** A client of another process: same server, same driver, storage settings of its own. */
  WorkflowClient newClient(UnaryOperator<ExternalStorage.Builder> storage) {
    return WorkflowClient.newInstance(server.getWorkflowServiceStubs(), clientOptions(storage));
  }

  /** The workers of another process; stopped with this environment. */
  WorkerFactory newWorkerFactory(WorkflowClient client) {
    WorkerFactory factory = WorkerFactory.newInstance(client);
    otherFactories.add(factory);
    return factory;
  }

  @Override
  public void close() {
    otherFactories.forEach(WorkerFactory::shutdownNow);
    otherFactories.forEach(factory -> factory.awaitTermination(10, TimeUnit.SECONDS));
    server.close();
  }

  private WorkflowClientOptions clientOptions(UnaryOperator<ExternalStorage.Builder> storage) {
    // Without a cache, since the driver records what the SDK requests.
    ExternalStorage.Builder builder =
        ExternalStorage.newBuilder()
            .setDriver(settings.driver)
            .setPayloadSizeThreshold(THRESHOLD)
            .setCacheMaxBytes(0);
    return WorkflowClientOptions.newBuilder()
        .setDataConverter(settings.converter)
        .setPlugins(
            ExternalStoragePlugin.newBuilder(storage.apply(settings.storage.apply(builder)).build())
                .setRoute(settings.route)
                // Its requests are not those that tests count.
                .setStartupCheck(StartupCheck.OFF)
                .build())
        .build();
  }

  /** Builds a {@link StorageEnvironment}. */
  static final class Builder {

    private final ExternalStorageRoute route;
    private RecordingStorageDriver driver = new RecordingStorageDriver();
    private DataConverter converter = DefaultDataConverter.newDefaultInstance();
    private UnaryOperator<ExternalStorage.Builder> storage = UnaryOperator.identity();
    private Duration deadlockDetectionTimeout = Duration.ofMinutes(1);
    private WorkerInterceptor[] interceptors = {};
    private Scope metricsScope = new NoopScope();
    private Class<?>[] workflows = {};
    private Object[] activities = {};

    private Builder(ExternalStorageRoute route) {
      this.route = route;
    }

    Builder setDriver(RecordingStorageDriver recordingDriver) {
      driver = recordingDriver;
      return this;
    }

    Builder setDataConverter(DataConverter dataConverter) {
      converter = dataConverter;
      return this;
    }

    Builder setStorage(UnaryOperator<ExternalStorage.Builder> settings) {
      storage = settings;
      return this;
    }

    /** Default: long enough for tests on a busy machine. */
    Builder setDeadlockDetectionTimeout(Duration timeout) {
      deadlockDetectionTimeout = timeout;
      return this;
    }

    Builder setWorkerInterceptors(WorkerInterceptor... workerInterceptors) {
      interceptors = workerInterceptors;
      return this;
    }

    Builder setMetricsScope(Scope scope) {
      metricsScope = scope;
      return this;
    }

    Builder setWorkflows(Class<?>... implementationTypes) {
      workflows = implementationTypes;
      return this;
    }

    Builder setActivities(Object... implementations) {
      activities = implementations;
      return this;
    }

    /** An environment whose worker does not poll yet. */
    StorageEnvironment build() {
      return new StorageEnvironment(this);
    }

    /** An environment whose worker runs. */
    StorageEnvironment start() {
      StorageEnvironment environment = build();
      environment.server.start();
      return environment;
    }
  }
}
