package example;

import static io.github.externalstorage.testkit.WorkflowHistoryAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.testkit.WorkflowHistories;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportWorkflowTest {

  private final ExternalStorage storage =
      ExternalStorage.newBuilder().setDriver(InMemoryStorageDriver.newBuilder().build()).build();
  private TestWorkflowEnvironment environment;
  private Worker worker;

  @BeforeEach
  void start() {
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setPlugins(new ExternalStoragePlugin(storage))
                        .build())
                .build());
    worker = environment.newWorker("reports");
    worker.registerWorkflowImplementationTypes(Reports.ReportWorkflowImpl.class);
    worker.registerActivitiesImplementations(new Reports.ReportActivitiesImpl());
    environment.start();
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void storesTheReport() {
    WorkflowExecutionHistory history = run(3000);

    assertThat(history)
        .offloadedAtLeast(2)
        .hasReferencesFrom("in-memory")
        .hasNoPayloadOverServerLimit();
  }

  @Test
  void replays() throws Exception {
    WorkflowExecutionHistory history = run(3000);

    WorkflowReplayer.replayWorkflowExecution(history, worker);
  }

  @Test
  void replaysWithoutTheStorage() throws Exception {
    WorkflowExecutionHistory history = run(3000);

    WorkflowExecutionHistory inlined = WorkflowHistories.inlineReferences(history, storage);

    WorkflowReplayer.replayWorkflowExecution(inlined, Reports.ReportWorkflowImpl.class);
  }

  private WorkflowExecutionHistory run(int kilobytes) {
    Reports.ReportWorkflow workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                Reports.ReportWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setTaskQueue("reports")
                    .setWorkflowId("report-1")
                    .build());
    assertEquals(kilobytes * 1000, workflow.run(kilobytes));
    return environment.getWorkflowClient().fetchHistory("report-1");
  }
}
