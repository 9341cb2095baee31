package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.options.StorageRetryOptions;
import io.github.externalstorage.worker.OnePathWorkflow.Path;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.ApplicationFailure;
import java.util.List;

/** A storage that fails an activity: the history shows it, and a retry succeeds. */
class ActivityStorageFailureTest {

  private static final int UNLIMITED = 0;

  private final PipelineActivities.Impl activities = new PipelineActivities.Impl();

  @OnEachRoute
  void failedStoreOfAnActivityResultShowsInTheHistory(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route)) {
      environment.driver().beforeStore(StorageFault.first(1));

      assertThatExceptionOfType(WorkflowFailedException.class)
          .isThrownBy(() -> pipeline(environment).run(1));

      assertThat(environment.events("pipeline", EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED))
          .singleElement()
          .extracting(event -> event.getActivityTaskFailedEventAttributes().getFailure())
          .asString()
          .contains(StorageFault.MESSAGE);
      assertThat(environment.driver().stored()).isEmpty();
    }
  }

  @OnEachRoute
  void failedStoreOfAnActivityResultHealsByRetry(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route)) {
      environment.driver().beforeStore(StorageFault.first(1));

      assertThat(pipeline(environment).run(UNLIMITED)).isEqualTo(PipelineWorkflow.RESULT);

      assertThat(activities.produced).hasValue(2);
      assertThat(activities.consumed).hasValue(1);
    }
  }

  @OnEachRoute
  void failedRetrieveOfAnActivityInputHealsByRetry(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route)) {
      // The workflow reads the first activity's result; the second activity can't read its input.
      environment.driver().beforeRetrieve(StorageFault.after(1));

      assertThat(pipeline(environment).run(UNLIMITED)).isEqualTo(PipelineWorkflow.RESULT);

      assertThat(environment.events("pipeline", EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED))
          .extracting(event -> event.getActivityTaskStartedEventAttributes().getAttempt())
          .containsExactly(1, 2);
      assertThat(activities.consumed).hasValue(1);
    }
  }

  @OnEachRoute
  void failedStoreOfFailureDetailsHeals(ExternalStorageRoute route) {
    for (Path path :
        List.of(Path.ACTIVITY_FAILURE, Path.LOCAL_ACTIVITY_FAILURE, Path.WORKFLOW_FAILURE)) {
      try (StorageEnvironment environment = start(route)) {
        environment.driver().beforeStore(StorageFault.first(1));
        OnePathWorkflow workflow = environment.newWorkflow(OnePathWorkflow.class, "details");

        assertThatExceptionOfType(WorkflowFailedException.class)
            .isThrownBy(() -> workflow.run(path))
            .havingRootCause()
            .asInstanceOf(throwable(ApplicationFailure.class))
            .extracting(failure -> failure.getDetails().get(String.class))
            .isEqualTo(LargeText.of("details of " + path));
      }
    }
  }

  private StorageEnvironment start(ExternalStorageRoute route) {
    return StorageEnvironment.newBuilder(route)
        .setStorage(storage -> storage.setRetryOptions(StorageRetryOptions.none()))
        .setWorkflows(PipelineWorkflow.Impl.class, OnePathWorkflow.Impl.class)
        .setActivities(activities, new EveryPathActivities.Impl())
        .start();
  }

  private static PipelineWorkflow pipeline(StorageEnvironment environment) {
    return environment.newWorkflow(PipelineWorkflow.class, "pipeline");
  }
}
