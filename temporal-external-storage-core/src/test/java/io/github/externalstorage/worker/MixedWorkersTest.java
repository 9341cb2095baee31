package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.activity.ActivityOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Rolling storage out and back: workers that store and workers that only read, on one queue. */
class MixedWorkersTest {

  private final PipelineActivities.Impl activities = new PipelineActivities.Impl();

  @OnEachRoute
  void workflowsOnAReadingWorkerTakeWhatActivitiesStored(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route).setActivities(activities).start()) {
      WorkerFactory reading = readingWorkerFactory(environment);
      reading
          .newWorker(StorageEnvironment.TASK_QUEUE, StorageEnvironment.patient())
          .registerWorkflowImplementationTypes(PipelineWorkflow.Impl.class);
      reading.start();

      assertThat(run(environment)).isEqualTo(PipelineWorkflow.RESULT);

      assertThat(environment.driver().stored())
          .extracting(stored -> LargeText.labelOf(stored.payload()))
          .containsExactly("product");
    }
  }

  @OnEachRoute
  void activitiesOnAReadingWorkerTakeWhatWorkflowsStored(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route).setWorkflows(PipelineWorkflow.Impl.class).start()) {
      WorkerFactory reading = readingWorkerFactory(environment);
      reading
          .newWorker(StorageEnvironment.TASK_QUEUE, StorageEnvironment.patient())
          .registerActivitiesImplementations(activities);
      reading.start();

      assertThat(run(environment)).isEqualTo(PipelineWorkflow.RESULT);

      // The activity's result came inline; the workflow stored it on the way to the next activity.
      assertThat(environment.driver().stored())
          .extracting(stored -> LargeText.labelOf(stored.payload()))
          .containsExactly("product", "pipeline result");
    }
  }

  @OnEachRoute
  void storingIsSwitchedWhileAWorkflowRuns(ExternalStorageRoute route) throws Exception {
    AtomicBoolean storing = new AtomicBoolean(false);
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route)
            .setStorage(storage -> storage.setStoreEnabled(storing::get))
            .setWorkflows(ThreeProductsWorkflowImpl.class)
            .setActivities(activities)
            .start()) {
      activities.meanwhile =
          () -> {
            storing.set(!storing.get());
            environment.evictWorkflows();
          };

      assertThat(environment.newWorkflow(ThreeProductsWorkflow.class, "switched").run())
          .isEqualTo(LargeText.of("product"));

      // On for the first and third product and the result, off for the second product.
      assertThat(environment.driver().stored()).hasSize(3);
      storing.set(false);
      environment.worker().replayWorkflowExecution(environment.client().fetchHistory("switched"));
    }
  }

  private static WorkerFactory readingWorkerFactory(StorageEnvironment environment) {
    return environment.newWorkerFactory(
        environment.newClient(storage -> storage.setStoreEnabled(false)));
  }

  private static String run(StorageEnvironment environment) {
    return environment.newWorkflow(PipelineWorkflow.class, "mixed").run(1);
  }

  @WorkflowInterface
  public interface ThreeProductsWorkflow {
    @WorkflowMethod
    String run();
  }

  public static final class ThreeProductsWorkflowImpl implements ThreeProductsWorkflow {
    @Override
    public String run() {
      PipelineActivities activities =
          Workflow.newActivityStub(
              PipelineActivities.class,
              ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());
      String first = activities.produce();
      String second = activities.produce();
      String third = activities.produce();
      return first.equals(second) && second.equals(third) ? third : "";
    }
  }
}
