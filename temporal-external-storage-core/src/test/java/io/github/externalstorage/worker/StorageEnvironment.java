package io.github.externalstorage.worker;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.lang.reflect.Method;
import java.util.List;
import java.util.function.UnaryOperator;

/** A test server with a client and a worker that keep large payloads in a recording driver. */
final class StorageEnvironment implements AutoCloseable {

  static final String TASK_QUEUE = "storage";

  /** Small, so that no test has to move much. */
  static final int THRESHOLD = 1000;

  private final Builder settings;
  private final TestWorkflowEnvironment server;

  private StorageEnvironment(Builder builder) {
    settings = builder;
    server =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(clientOptions(UnaryOperator.identity()))
                .build());
    register(server.newWorker(TASK_QUEUE));
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

  /** A stub that starts a workflow of the given id. */
  <T> T newWorkflow(Class<T> type, String id) {
    return client()
        .newWorkflowStub(
            type, WorkflowOptions.newBuilder().setTaskQueue(TASK_QUEUE).setWorkflowId(id).build());
  }

  /** Makes the worker forget its workflows, so that each replays at its next task. */
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

  /** A second process: same driver, task queue and workflows, with storage settings of its own. */
  WorkerFactory newWorkerFactory(UnaryOperator<ExternalStorage.Builder> storage) {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            WorkflowClient.newInstance(server.getWorkflowServiceStubs(), clientOptions(storage)));
    register(factory.newWorker(TASK_QUEUE));
    return factory;
  }

  @Override
  public void close() {
    server.close();
  }

  private WorkflowClientOptions clientOptions(UnaryOperator<ExternalStorage.Builder> storage) {
    // The driver records what the SDK asks for; a memory would answer in its place.
    ExternalStorage.Builder builder =
        ExternalStorage.newBuilder()
            .setDriver(settings.driver)
            .setPayloadSizeThreshold(THRESHOLD)
            .setMemorySize(0);
    return WorkflowClientOptions.newBuilder()
        .setDataConverter(settings.converter)
        .setPlugins(
            ExternalStoragePlugin.newBuilder(storage.apply(settings.storage.apply(builder)).build())
                .setRoute(settings.route)
                .build())
        .build();
  }

  private void register(Worker worker) {
    worker.registerWorkflowImplementationTypes(settings.workflows);
    worker.registerActivitiesImplementations(settings.activities);
  }

  /** Builds a {@link StorageEnvironment}. */
  static final class Builder {

    private final ExternalStorageRoute route;
    private RecordingStorageDriver driver = new RecordingStorageDriver();
    private DataConverter converter = DefaultDataConverter.newDefaultInstance();
    private UnaryOperator<ExternalStorage.Builder> storage = UnaryOperator.identity();
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
