package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.RecordingScope;
import io.temporal.client.WorkflowClient;

/** The metrics of a worker, in the scope of its service stubs. */
class MetricsTest {

  private final RecordingScope scope = new RecordingScope();

  @OnEachRoute
  void theWorkersScopeGetsTheNumbersOnce(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route)
            .setMetricsScope(scope)
            .setWorkflows(PipelineWorkflow.Impl.class)
            .setActivities(new PipelineActivities.Impl())
            .start()) {
      WorkflowClient client = environment.client();
      // As in a process with several clients: the plugin runs for each of them.
      environment.newWorkerFactory(
          WorkflowClient.newInstance(client.getWorkflowServiceStubs(), client.getOptions()));

      environment.newWorkflow(PipelineWorkflow.class, "pipeline").run(1);

      // The client's own requests are counted as well, since the worker had started before.
      long stores = environment.driver().stored().size();
      String store = "{driver=in-memory, namespace=default, operation=store}";
      String retrieve = "{driver=in-memory, namespace=default, operation=retrieve}";
      assertThat(stores).isPositive();
      assertThat(scope.counters()).contains(entry("operation" + store, stores));
      assertThat(scope.counters())
          .contains(entry("operation" + retrieve, (long) environment.driver().retrieved().size()));
      assertThat(scope.counters().get("bytes" + store)).isPositive();
      assertThat(scope.timers().get("operation_latency" + store)).hasSize((int) stores);
    }
  }
}
