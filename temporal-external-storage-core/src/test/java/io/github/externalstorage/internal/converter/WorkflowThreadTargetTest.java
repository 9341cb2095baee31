package io.github.externalstorage.internal.converter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a payload belongs to, on a workflow thread. */
public class WorkflowThreadTargetTest {

  @Test
  void withoutContextItIsTheWorkflow() {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      environment
          .newWorker("queue")
          .registerWorkflowImplementationTypes(ResolvingWorkflowImpl.class);
      environment.start();
      ResolvingWorkflow workflow =
          environment
              .getWorkflowClient()
              .newWorkflowStub(
                  ResolvingWorkflow.class,
                  WorkflowOptions.newBuilder().setWorkflowId("id").setTaskQueue("queue").build());
      String runId = WorkflowClient.start(workflow::resolve).getRunId();

      assertThat(WorkflowStub.fromTyped(workflow).getResult(String.class))
          .isEqualTo(
              new StorageDriverWorkflowInfo(
                      environment.getNamespace(), "id", runId, "ResolvingWorkflow")
                  .toString());
    }
  }

  /** Reports the target of payloads that are converted without a context. */
  @WorkflowInterface
  public interface ResolvingWorkflow {

    @WorkflowMethod
    String resolve();
  }

  /** See {@link ResolvingWorkflow}. */
  public static final class ResolvingWorkflowImpl implements ResolvingWorkflow {

    @Override
    public String resolve() {
      return Objects.toString(TargetResolver.resolve(null));
    }
  }
}
