package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** The plugin of a client reaches its workers, and clients made from its options. */
class ClientWiringTest {

  @OnEachRoute
  void ownInterceptorsOfAWorkerStay(ExternalStorageRoute route) {
    AtomicInteger intercepted = new AtomicInteger();
    try (StorageEnvironment environment =
        newBuilder(route)
            .setWorkerInterceptors(
                new WorkerInterceptorBase() {
                  @Override
                  public ActivityInboundCallsInterceptor interceptActivity(
                      ActivityInboundCallsInterceptor next) {
                    intercepted.incrementAndGet();
                    return next;
                  }
                })
            .start()) {
      assertThat(run(environment.client())).isEqualTo(PipelineWorkflow.RESULT);

      assertThat(intercepted).hasValue(2);
      // Only the plugin's interceptor knows the run that an activity's result belongs to.
      assertThat(environment.driver().stored().get(0).target())
          .hasValueSatisfying(target -> assertThat(target.runId()).isNotNull());
    }
  }

  @OnEachRoute
  void clientOfAClientsOptionsStoresOnce(ExternalStorageRoute route) {
    try (StorageEnvironment environment = newBuilder(route).build()) {
      WorkflowClient again =
          WorkflowClient.newInstance(
              environment.server().getWorkflowServiceStubs(), environment.client().getOptions());
      WorkerFactory factory = environment.newWorkerFactory(again);
      Worker worker =
          factory.newWorker(StorageEnvironment.TASK_QUEUE, StorageEnvironment.patient());
      worker.registerWorkflowImplementationTypes(PipelineWorkflow.Impl.class);
      worker.registerActivitiesImplementations(new PipelineActivities.Impl());
      factory.start();

      assertThat(run(again)).isEqualTo(PipelineWorkflow.RESULT);

      assertThat(environment.driver().stored())
          .extracting(stored -> LargeText.labelOf(stored.payload()))
          .containsExactly("product", "product", "pipeline result");
    }
  }

  private static StorageEnvironment.Builder newBuilder(ExternalStorageRoute route) {
    return StorageEnvironment.newBuilder(route)
        .setWorkflows(PipelineWorkflow.Impl.class)
        .setActivities(new PipelineActivities.Impl());
  }

  private static String run(WorkflowClient client) {
    return client
        .newWorkflowStub(
            PipelineWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue(StorageEnvironment.TASK_QUEUE).build())
        .run(1);
  }
}
