package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.throwable;

import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** Messages and stack traces of failures, where the user's converter makes a payload of them. */
class FailureAttributesTest {

  @WorkflowInterface
  public interface FailingWorkflow {
    @WorkflowMethod
    void run();
  }

  public static final class FailingWorkflowImpl implements FailingWorkflow {
    @Override
    public void run() {
      throw ApplicationFailure.newFailure(LargeText.of("message"), "Expected");
    }
  }

  @OnEachRoute
  void encodedMessageComesBack(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route)
            .setDataConverter(
                new CodecDataConverter(DefaultDataConverter.newDefaultInstance(), List.of(), true))
            .setWorkflows(FailingWorkflowImpl.class)
            .start()) {
      FailingWorkflow workflow = environment.newWorkflow(FailingWorkflow.class, "failing");

      assertThatExceptionOfType(WorkflowFailedException.class)
          .isThrownBy(workflow::run)
          .havingRootCause()
          .asInstanceOf(throwable(ApplicationFailure.class))
          .extracting(ApplicationFailure::getOriginalMessage)
          .isEqualTo(LargeText.of("message"));
      // The SDK does not show these payloads to a codec around the converter that made them.
      assertThat(environment.driver().stored())
          .hasSize(route == ExternalStorageRoute.NATIVE ? 1 : 0);
    }
  }
}
