package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.examples.fulfillment.ProcessOrderBatchWorkflow;
import io.github.externalstorage.testkit.HistoryPayload;
import io.github.externalstorage.testkit.WorkflowHistories;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import org.junit.jupiter.api.Test;

/** A history downloaded from the server replays where there is no storage. */
@InteropTest
final class ReplayTest {

  private final String name = Names.unique("replay");

  @Test
  void selfContainedHistoryReplaysWithoutStorage(Stage stage) {
    stage.javaWorker(name);
    Participant participant = stage.java();
    assertThat(Batch.start(participant.workflowClient(), name, name).summary()).isNotNull();
    WorkflowExecutionHistory history = participant.workflowClient().fetchHistory(name);

    WorkflowExecutionHistory selfContained =
        WorkflowHistories.inlineReferences(history, participant.storage());

    assertThat(WorkflowHistories.getPayloads(selfContained)).noneMatch(HistoryPayload::isStored);
    assertThatCode(() -> replay(selfContained)).doesNotThrowAnyException();
    assertThatThrownBy(() -> replay(history)).hasStackTraceContaining("TMPRL1105");
  }

  private static void replay(WorkflowExecutionHistory history) throws Exception {
    try (TestWorkflowEnvironment environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder().setDataConverter(Participant.gzip()).build())
                .build())) {
      WorkflowReplayer.replayWorkflowExecution(
          history, environment, ProcessOrderBatchWorkflow.Impl.class);
    }
  }
}
