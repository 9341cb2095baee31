package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.StorageRetryOptions;
import io.github.externalstorage.worker.OnePathWorkflow.Path;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;

/** What Temporal makes of a storage that fails: it shows in the history, and heals by retries. */
class StorageFailureTest {

  private static final int UNLIMITED = 0;

  private final PipelineActivities.Impl activities = new PipelineActivities.Impl();

  @OnEachRoute
  void failedStoreOfAnActivityResultShowsInTheHistory(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route, StorageRetryOptions.none())) {
      environment.driver().beforeStore(StorageFault.first(1));

      assertThatExceptionOfType(WorkflowFailedException.class)
          .isThrownBy(() -> pipeline(environment).run(1));

      assertThat(events(environment, EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED))
          .singleElement()
          .extracting(event -> event.getActivityTaskFailedEventAttributes().getFailure())
          .asString()
          .contains(StorageFault.MESSAGE);
      assertThat(environment.driver().stored()).isEmpty();
    }
  }

  @OnEachRoute
  void failedStoreOfAnActivityResultHealsByRetry(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route, StorageRetryOptions.none())) {
      environment.driver().beforeStore(StorageFault.first(1));

      assertThat(pipeline(environment).run(UNLIMITED)).isEqualTo(PipelineWorkflow.RESULT);

      assertThat(activities.produced).hasValue(2);
      assertThat(activities.consumed).hasValue(1);
    }
  }

  @OnEachRoute
  void failedStoreInAWorkflowTaskHealsByAnotherTask(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route, StorageRetryOptions.none())) {
      // The activity's result is stored; what the workflow sends next is not.
      environment.driver().beforeStore(StorageFault.after(1));

      assertThat(pipeline(environment).run(1)).isEqualTo(PipelineWorkflow.RESULT);

      assertFailedWorkflowTaskTells(environment);
      assertThat(activities.consumed).hasValue(1);
    }
  }

  @OnEachRoute
  void failedRetrieveInAWorkflowTaskHealsByAnotherTask(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route, StorageRetryOptions.none())) {
      environment.driver().beforeRetrieve(StorageFault.first(1));

      assertThat(pipeline(environment).run(1)).isEqualTo(PipelineWorkflow.RESULT);

      assertFailedWorkflowTaskTells(environment);
    }
  }

  @OnEachRoute
  void failedRetrieveOfAnActivityInputHealsByRetry(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route, StorageRetryOptions.none())) {
      // The workflow reads the first activity's result; the second activity can't read its input.
      environment.driver().beforeRetrieve(StorageFault.after(1));

      assertThat(pipeline(environment).run(UNLIMITED)).isEqualTo(PipelineWorkflow.RESULT);

      assertThat(events(environment, EventType.EVENT_TYPE_ACTIVITY_TASK_STARTED))
          .extracting(event -> event.getActivityTaskStartedEventAttributes().getAttempt())
          .containsExactly(1, 2);
      assertThat(activities.consumed).hasValue(1);
    }
  }

  @OnEachRoute
  void failedStoreOfFailureDetailsHeals(ExternalStorageRoute route) {
    for (Path path :
        List.of(Path.ACTIVITY_FAILURE, Path.LOCAL_ACTIVITY_FAILURE, Path.WORKFLOW_FAILURE)) {
      try (StorageEnvironment environment = start(route, StorageRetryOptions.none())) {
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

  @OnEachRoute
  void failedRetrieveDoesNotLoseASignal(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route, StorageRetryOptions.none())) {
      environment.driver().beforeRetrieve(StorageFault.first(1));
      ReceivingWorkflow workflow = environment.newWorkflow(ReceivingWorkflow.class, "pipeline");
      BatchRequest batch = environment.client().newSignalWithStartRequest();
      batch.add(workflow::run);
      batch.add(workflow::receive, LargeText.of("signal"));

      environment.client().signalWithStart(batch);
      WorkflowStub.fromTyped(workflow).getResult(Void.class);

      assertFailedWorkflowTaskTells(environment);
    }
  }

  @OnEachRoute
  void failedStoreInAClientIsThrown(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route, StorageRetryOptions.none())) {
      environment.driver().beforeStore(StorageFault.first(1));
      ChildWorkflow workflow = environment.newWorkflow(ChildWorkflow.class, "client");

      assertThatExceptionOfType(WorkflowServiceException.class)
          .isThrownBy(() -> workflow.run(LargeText.of("input")))
          .havingRootCause()
          .withMessage(StorageFault.MESSAGE);
    }
  }

  @OnEachRoute
  void retriesOfTheStorageSpareTheHistory(ExternalStorageRoute route) {
    StorageRetryOptions quick =
        StorageRetryOptions.newBuilder().setInitialBackoff(Duration.ofMillis(1)).build();
    try (StorageEnvironment environment = start(route, quick)) {
      environment.driver().beforeStore(StorageFault.first(2));
      environment.driver().beforeRetrieve(StorageFault.first(2));

      assertThat(pipeline(environment).run(1)).isEqualTo(PipelineWorkflow.RESULT);

      assertThat(events(environment, EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED)).isEmpty();
      assertThat(activities.produced).hasValue(1);
    }
  }

  private StorageEnvironment start(ExternalStorageRoute route, StorageRetryOptions retries) {
    return StorageEnvironment.newBuilder(route)
        .setStorage(storage -> storage.setRetryOptions(retries))
        .setWorkflows(
            PipelineWorkflow.Impl.class, ReceivingWorkflow.Impl.class, OnePathWorkflow.Impl.class)
        .setActivities(activities, new EveryPathActivities.Impl())
        .start();
  }

  private static PipelineWorkflow pipeline(StorageEnvironment environment) {
    return environment.newWorkflow(PipelineWorkflow.class, "pipeline");
  }

  private static void assertFailedWorkflowTaskTells(StorageEnvironment environment) {
    assertThat(events(environment, EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED))
        .singleElement()
        .extracting(event -> event.getWorkflowTaskFailedEventAttributes().getFailure())
        .asString()
        .contains(StorageFault.MESSAGE);
  }

  private static List<HistoryEvent> events(StorageEnvironment environment, EventType type) {
    return environment.client().fetchHistory("pipeline").getEvents().stream()
        .filter(event -> event.getEventType() == type)
        .toList();
  }
}
