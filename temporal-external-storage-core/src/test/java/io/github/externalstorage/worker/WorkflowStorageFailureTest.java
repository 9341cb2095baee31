package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.BatchRequest;
import io.temporal.client.WorkflowServiceException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;

/** A storage that fails a workflow task or a client. */
class WorkflowStorageFailureTest {

  private final PipelineActivities.Impl activities = new PipelineActivities.Impl();

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

      assertThat(environment.events("pipeline", EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED))
          .isEmpty();
      assertThat(activities.produced).hasValue(1);
    }
  }

  private StorageEnvironment start(ExternalStorageRoute route, StorageRetryOptions retries) {
    return StorageEnvironment.newBuilder(route)
        .setStorage(storage -> storage.setRetryOptions(retries))
        .setWorkflows(PipelineWorkflow.Impl.class, ReceivingWorkflow.Impl.class)
        .setActivities(activities)
        .start();
  }

  private static PipelineWorkflow pipeline(StorageEnvironment environment) {
    return environment.newWorkflow(PipelineWorkflow.class, "pipeline");
  }

  private static void assertFailedWorkflowTaskTells(StorageEnvironment environment) {
    assertThat(environment.events("pipeline", EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED))
        .singleElement()
        .extracting(event -> event.getWorkflowTaskFailedEventAttributes().getFailure())
        .asString()
        .contains(StorageFault.MESSAGE);
  }
}
