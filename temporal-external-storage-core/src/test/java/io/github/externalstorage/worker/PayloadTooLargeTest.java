package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowServiceException;
import io.temporal.failure.ApplicationFailure;

/** A payload that the driver can't store is rejected at once, wherever it comes from. */
class PayloadTooLargeTest {

  private static final int MAXIMUM = StorageEnvironment.THRESHOLD + 1;

  @OnEachRoute
  void clientIsToldBeforeTheWorkflowStarts(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route)) {
      ChildWorkflow workflow = environment.newWorkflow(ChildWorkflow.class, "client");

      assertThatExceptionOfType(WorkflowServiceException.class)
          .isThrownBy(() -> workflow.run(LargeText.of("workflow input")))
          .satisfies(PayloadTooLargeTest::assertRejected);
    }
  }

  @OnEachRoute
  void workflowFailsAtOnce(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route)) {
      for (OnePathWorkflow.Path path : OnePathWorkflow.Path.values()) {
        OnePathWorkflow workflow = environment.newWorkflow(OnePathWorkflow.class, path.name());

        assertThatExceptionOfType(WorkflowFailedException.class)
            .as(path.name())
            .isThrownBy(() -> workflow.run(path))
            .satisfies(PayloadTooLargeTest::assertRejected);

        assertThat(environment.client().fetchHistory(path.name()).getEvents())
            .as(path.name())
            .noneMatch(PayloadTooLargeTest::isRetry);
      }
      assertThat(environment.driver().stored()).isEmpty();
    }
  }

  private static StorageEnvironment start(ExternalStorageRoute route) {
    return StorageEnvironment.newBuilder(route)
        .setDriver(new RecordingStorageDriver(MAXIMUM))
        .setWorkflows(OnePathWorkflow.Impl.class, ChildWorkflow.Impl.class)
        .setActivities(new EveryPathActivities.Impl())
        .start();
  }

  private static void assertRejected(Throwable failure) {
    assertThat(failure)
        .rootCause()
        .asInstanceOf(throwable(ApplicationFailure.class))
        .satisfies(
            rejected -> {
              assertThat(rejected.getType()).isEqualTo("PayloadTooLarge");
              assertThat(rejected.isNonRetryable()).isTrue();
              assertThat(rejected.getOriginalMessage())
                  .containsPattern("A payload of \\d+ bytes exceeds the maximum of 1001 bytes");
            });
  }

  private static boolean isRetry(HistoryEvent event) {
    return event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED
        || event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_TIMED_OUT
        || event.getActivityTaskStartedEventAttributes().getAttempt() > 1;
  }
}
