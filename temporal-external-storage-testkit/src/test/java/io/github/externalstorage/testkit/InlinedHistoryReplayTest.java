package io.github.externalstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.junit.jupiter.api.Test;

class InlinedHistoryReplayTest {

  private static final String TASK_QUEUE = "replay";
  private static final String WORKFLOW_ID = "workflow-1";

  private final ExternalStorage storage =
      ExternalStorage.newBuilder().setDriver(InMemoryStorageDriver.newBuilder().build()).build();

  @Test
  void replaysWithoutTheStorage() throws Exception {
    WorkflowExecutionHistory history = run("x".repeat(300_000));
    WorkflowHistoryAssert.assertThat(history).offloadedAtLeast(2).hasReferencesFrom("in-memory");
    assertThatExceptionOfType(RuntimeException.class)
        .isThrownBy(() -> WorkflowReplayer.replayWorkflowExecution(history, EchoImpl.class));

    WorkflowExecutionHistory inlined = WorkflowHistories.inlineReferences(history, storage);
    WorkflowHistoryAssert.assertThat(inlined).hasInlinePayloadsUnder(301_000);
    WorkflowReplayer.replayWorkflowExecution(inlined.toJson(false), EchoImpl.class);
  }

  private WorkflowExecutionHistory run(String input) {
    TestEnvironmentOptions options =
        TestEnvironmentOptions.newBuilder()
            .setWorkflowClientOptions(
                WorkflowClientOptions.newBuilder()
                    .setPlugins(new ExternalStoragePlugin(storage))
                    .build())
            .build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(options)) {
      environment.newWorker(TASK_QUEUE).registerWorkflowImplementationTypes(EchoImpl.class);
      environment.start();
      WorkflowClient client = environment.getWorkflowClient();
      Echo workflow =
          client.newWorkflowStub(
              Echo.class,
              WorkflowOptions.newBuilder()
                  .setTaskQueue(TASK_QUEUE)
                  .setWorkflowId(WORKFLOW_ID)
                  .build());
      assertThat(workflow.run(input)).hasSameSizeAs(input);
      return client.fetchHistory(WORKFLOW_ID);
    }
  }

  /** Returns its input. */
  @WorkflowInterface
  public interface Echo {
    @WorkflowMethod
    String run(String input);
  }

  /** The workflow that is replayed. */
  public static final class EchoImpl implements Echo {
    @Override
    public String run(String input) {
      return input;
    }
  }
}
