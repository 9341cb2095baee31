package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.options.StorageRetryOptions;
import java.util.function.Consumer;

/**
 * Workflow code must not see the faults of a storage: how it handles them would not be
 * deterministic.
 */
class CaughtFailureTest {

  @OnEachRoute
  void workflowCodeDoesNotCatchAFailedStore(ExternalStorageRoute route) throws Exception {
    // The first activity's result is stored, the second activity's input is not.
    runsAndReplays(route, driver -> driver.beforeStore(StorageFault.after(1)));
  }

  @OnEachRoute
  void workflowCodeDoesNotCatchAFailedRetrieve(ExternalStorageRoute route) throws Exception {
    runsAndReplays(route, driver -> driver.beforeRetrieve(StorageFault.first(1)));
  }

  private static void runsAndReplays(
      ExternalStorageRoute route, Consumer<RecordingStorageDriver> fault) throws Exception {
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route)
            .setStorage(storage -> storage.setRetryOptions(StorageRetryOptions.none()))
            .setWorkflows(CatchingWorkflow.Impl.class)
            .setActivities(new PipelineActivities.Impl())
            .start()) {
      fault.accept(environment.driver());

      assertThat(environment.newWorkflow(CatchingWorkflow.class, "catching").run())
          .startsWith("consumed");

      // Throws if the code does not repeat what the history contains.
      environment.worker().replayWorkflowExecution(environment.client().fetchHistory("catching"));
    }
  }
}
