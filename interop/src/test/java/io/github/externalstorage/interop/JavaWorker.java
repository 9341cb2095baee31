package io.github.externalstorage.interop;

import io.github.externalstorage.examples.fulfillment.OrderActivities;
import io.github.externalstorage.examples.fulfillment.ProcessOrderBatchWorkflow;
import io.github.externalstorage.interop.everypath.EveryPathActivitiesImpl;
import io.github.externalstorage.interop.everypath.EveryPathExchangeWorkflow;
import io.github.externalstorage.interop.everypath.EveryPathFailingWorkflow;
import io.github.externalstorage.interop.everypath.EveryPathReceiverWorkflow;
import io.github.externalstorage.interop.everypath.EveryPathService;
import io.github.externalstorage.interop.everypath.EveryPathWorkflowImpl;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.Closeable;
import java.util.concurrent.TimeUnit;

/** Serves what these tests start. */
final class JavaWorker implements Closeable {

  private static final int SHUTDOWN_SECONDS = 10;

  private static final WorkerOptions OPTIONS =
      WorkerOptions.newBuilder()
          // Workflows that create large payloads may take more than a second on a busy machine.
          .setDefaultDeadlockDetectionTimeout(10_000)
          // Otherwise a worker runs the activities of its workflows itself.
          .setDisableEagerExecution(true)
          // One at a time, so that every worker of a fleet gets some soon.
          .setMaxConcurrentActivityExecutionSize(1)
          .build();

  private final Participant participant;
  private final WorkerFactory factory;

  private JavaWorker(Participant participant, WorkerFactory factory) {
    this.participant = participant;
    this.factory = factory;
  }

  /** Starts a worker for workflows and activities. */
  static JavaWorker start(Participant participant, String taskQueue) {
    return start(participant, taskQueue, OPTIONS, true);
  }

  /** Starts a worker for activities, of workflows that other workers run. */
  static JavaWorker startForActivities(Participant participant, String taskQueue) {
    return start(participant, taskQueue, OPTIONS, false);
  }

  /** Starts a worker that has many short tasks in progress when it is killed. */
  static JavaWorker startForStorm(Participant participant, String taskQueue) {
    return start(
        participant,
        taskQueue,
        WorkerOptions.newBuilder(OPTIONS).setMaxConcurrentActivityExecutionSize(4).build(),
        true,
        new ShortActivities());
  }

  private static JavaWorker start(
      Participant participant,
      String taskQueue,
      WorkerOptions options,
      boolean workflows,
      WorkerInterceptor... interceptors) {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            participant.workflowClient(),
            WorkerFactoryOptions.newBuilder().setWorkerInterceptors(interceptors).build());
    Worker worker = factory.newWorker(taskQueue, options);
    if (workflows) {
      worker.registerWorkflowImplementationTypes(
          ProcessOrderBatchWorkflow.Impl.class,
          EveryPathWorkflowImpl.class,
          EveryPathReceiverWorkflow.Impl.class,
          EveryPathExchangeWorkflow.Impl.class,
          EveryPathFailingWorkflow.Impl.class,
          PassedOn.ParentWorkflow.Impl.class,
          PassedOn.ChildWorkflow.Impl.class,
          PassedOn.RawWorkflow.Impl.class);
      worker.registerNexusServiceImplementation(new EveryPathService.Impl());
    }
    worker.registerActivitiesImplementations(
        new OrderActivities.Impl(), new EveryPathActivitiesImpl());
    factory.start();
    return new JavaWorker(participant, factory);
  }

  void setStoring(boolean enabled) {
    participant.setStoring(enabled);
  }

  /** Waits for tasks in progress. */
  @Override
  public void close() {
    factory.shutdown();
    factory.awaitTermination(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    participant.close();
  }
}
