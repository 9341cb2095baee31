package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.testing.WorkflowReplayer;
import java.util.List;

/**
 * Replays read what they need and store nothing, since the history already contains what they send.
 */
class ReplayTest {

  /** An activity's result, which is another one's input, and the workflow's result. */
  private static final int LARGE_PAYLOADS = 3;

  private static final DataConverter DETERMINISTIC = DefaultDataConverter.newDefaultInstance();
  private static final DataConverter RANDOMIZING =
      new CodecDataConverter(
          DefaultDataConverter.newDefaultInstance(), List.of(new RandomizingCodec()));

  private final RecordingStorageDriver driver = new RecordingStorageDriver();
  private final PipelineActivities.Impl activities = new PipelineActivities.Impl();

  @OnEachRoute
  void replayUploadsNothing(ExternalStorageRoute route) throws Exception {
    for (DataConverter converter : List.of(DETERMINISTIC, RANDOMIZING)) {
      replayUploadsNothing(
          record(settings(route, converter, StorageEnvironment.THRESHOLD)),
          settings(route, converter, StorageEnvironment.THRESHOLD));
    }
  }

  @OnEachRoute
  void replayUnderALowerThresholdUploadsNothing(ExternalStorageRoute route) throws Exception {
    replayUploadsNothing(
        record(settings(route, DETERMINISTIC, Integer.MAX_VALUE)),
        settings(route, DETERMINISTIC, 0));
  }

  @OnEachRoute
  void replayUnderAHigherThresholdReads(ExternalStorageRoute route) throws Exception {
    replayUploadsNothing(
        record(settings(route, DETERMINISTIC, 0)),
        settings(route, DETERMINISTIC, Integer.MAX_VALUE));

    assertThat(driver.retrieved()).isNotEmpty();
  }

  @OnEachRoute
  void workflowEvictedAtEachTaskStoresEachPayloadOnce(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        settings(route, RANDOMIZING, StorageEnvironment.THRESHOLD).start()) {
      activities.meanwhile = environment::evictWorkflows;
      PipelineWorkflow workflow = environment.newWorkflow(PipelineWorkflow.class, "evicted");

      assertThat(workflow.run(1)).isEqualTo(PipelineWorkflow.RESULT);

      assertThat(driver.stored()).hasSize(LARGE_PAYLOADS);
    }
  }

  @OnEachRoute
  void queryOfAnEvictedWorkflowStoresItsResult(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        settings(route, RANDOMIZING, StorageEnvironment.THRESHOLD).start()) {
      PipelineWorkflow workflow = environment.newWorkflow(PipelineWorkflow.class, "queried");
      workflow.run(1);
      environment.evictWorkflows();

      assertThat(workflow.product()).isEqualTo(LargeText.of("product"));

      assertThat(driver.stored()).hasSize(LARGE_PAYLOADS + 1);
    }
  }

  private StorageEnvironment.Builder settings(
      ExternalStorageRoute route, DataConverter converter, int threshold) {
    return StorageEnvironment.newBuilder(route)
        .setDriver(driver)
        .setDataConverter(converter)
        .setStorage(storage -> storage.setPayloadSizeThreshold(threshold))
        .setWorkflows(PipelineWorkflow.Impl.class)
        .setActivities(activities);
  }

  private static WorkflowExecutionHistory record(StorageEnvironment.Builder settings) {
    try (StorageEnvironment environment = settings.start()) {
      environment.newWorkflow(PipelineWorkflow.class, "recorded").run(1);
      return environment.client().fetchHistory("recorded");
    }
  }

  private void replayUploadsNothing(
      WorkflowExecutionHistory history, StorageEnvironment.Builder settings) throws Exception {
    int stored = driver.stored().size();
    try (StorageEnvironment environment = settings.build()) {
      WorkflowReplayer.replayWorkflowExecution(history, environment.worker());
    }
    assertThat(driver.stored()).hasSize(stored);
  }
}
