package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.RetryOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Messages and stack traces of failures, where the user's converter makes a payload of them. */
class FailureAttributesTest {

  /** Two of them are more than a gRPC message may have. */
  private static final String THREE_MEGABYTES = "m".repeat(3_000_000);

  private static final String HALF_A_MEGABYTE = "h".repeat(500_000);

  @WorkflowInterface
  public interface FailingWorkflow {
    @WorkflowMethod
    void run(boolean inActivity);
  }

  public static final class FailingWorkflowImpl implements FailingWorkflow {
    private final FailingActivity activity =
        Workflow.newActivityStub(
            FailingActivity.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                .build());

    @Override
    public void run(boolean inActivity) {
      if (inActivity) {
        activity.fail();
      }
      throw largeFailure();
    }
  }

  @ActivityInterface
  public interface FailingActivity {
    void fail();
  }

  public static final class FailingActivityImpl implements FailingActivity {
    @Override
    public void fail() {
      throw largeFailure();
    }
  }

  private static ApplicationFailure largeFailure() {
    ApplicationFailure innermost = ApplicationFailure.newFailure(HALF_A_MEGABYTE, "Innermost");
    ApplicationFailure inner =
        ApplicationFailure.newFailureWithCause(THREE_MEGABYTES, "Inner", innermost);
    return ApplicationFailure.newFailureWithCause(THREE_MEGABYTES, "Outer", inner);
  }

  @OnEachRoute
  void ofAWorkflowAreStoredAndComeBackAndSoAreThoseOfItsCauses(ExternalStorageRoute route) {
    assertStoredAndReadBack(route, false, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED);
  }

  @OnEachRoute
  void ofAnActivityAreStoredAndComeBackAndSoAreThoseOfItsCauses(ExternalStorageRoute route) {
    assertStoredAndReadBack(route, true, EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED);
  }

  private static void assertStoredAndReadBack(
      ExternalStorageRoute route, boolean inActivity, EventType type) {
    try (StorageEnvironment environment = start(route, new RecordingStorageDriver())) {
      FailingWorkflow workflow = environment.newWorkflow(FailingWorkflow.class, "failing");

      Throwable failure =
          catchThrowableOfType(WorkflowFailedException.class, () -> workflow.run(inActivity));

      assertThat(messages(failure))
          .containsExactly(THREE_MEGABYTES, THREE_MEGABYTES, HALF_A_MEGABYTE);
      HistoryEvent event = environment.events("failing", type).get(0);
      assertThat(event.getSerializedSize()).isLessThan(10_000);
      List<Failure> inHistory =
          chain(
              inActivity
                  ? event.getActivityTaskFailedEventAttributes().getFailure()
                  : event.getWorkflowExecutionFailedEventAttributes().getFailure());
      assertThat(inHistory)
          .hasSize(3)
          .allMatch(it -> StorageReference.isReference(it.getEncodedAttributes()))
          .allMatch(it -> it.getMessage().equals("Encoded failure"));
    }
  }

  @OnEachRoute
  void tooLargeForTheDriverTheyFailTheWorkflowAtOnce(ExternalStorageRoute route) {
    try (StorageEnvironment environment = start(route, new RecordingStorageDriver(10_000))) {
      FailingWorkflow workflow = environment.newWorkflow(FailingWorkflow.class, "failing");

      Throwable failure =
          catchThrowableOfType(WorkflowFailedException.class, () -> workflow.run(false));

      assertThat(failure)
          .rootCause()
          .isInstanceOf(ApplicationFailure.class)
          .hasMessageContaining("exceeds the maximum of 10000 bytes")
          .message()
          .hasSizeLessThan(1_000);
    }
  }

  private static StorageEnvironment start(
      ExternalStorageRoute route, RecordingStorageDriver driver) {
    return StorageEnvironment.newBuilder(route)
        .setDriver(driver)
        .setDataConverter(
            new CodecDataConverter(
                DefaultDataConverter.newDefaultInstance(), List.of(new RandomizingCodec()), true))
        .setWorkflows(FailingWorkflowImpl.class)
        .setActivities(new FailingActivityImpl())
        .start();
  }

  private static List<String> messages(Throwable failure) {
    List<String> messages = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ApplicationFailure it) {
        messages.add(it.getOriginalMessage());
      }
    }
    return messages;
  }

  private static List<Failure> chain(Failure failure) {
    List<Failure> chain = new ArrayList<>(List.of(failure));
    while (chain.get(chain.size() - 1).hasCause()) {
      chain.add(chain.get(chain.size() - 1).getCause());
    }
    return chain;
  }
}
