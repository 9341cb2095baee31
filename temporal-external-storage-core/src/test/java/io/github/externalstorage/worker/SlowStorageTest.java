package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** The SDK fails workflow tasks whose code does not yield for too long, even if it only waits. */
class SlowStorageTest {

  private static final Duration DEADLOCK_DETECTION_TIMEOUT = Duration.ofSeconds(1);
  private static final Executor LATER =
      CompletableFuture.delayedExecutor(
          DEADLOCK_DETECTION_TIMEOUT.toMillis() + 250, TimeUnit.MILLISECONDS);

  @OnEachRoute
  void waitingForStorageIsNoDeadlock(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route)
            .setDeadlockDetectionTimeout(DEADLOCK_DETECTION_TIMEOUT)
            .setWorkflows(WaitingWorkflowImpl.class)
            .build()) {
      WaitingWorkflow workflow = environment.newWorkflow(WaitingWorkflow.class, "waiting");
      WorkflowClient.start(workflow::run, LargeText.of("input"));
      environment.driver().beforeStore(SlowStorageTest::later);
      environment.driver().beforeRetrieve(SlowStorageTest::later);
      environment.server().start();

      // Each attempt at the workflow's task is as slow: none would get through a detected deadlock.
      assertThat(WorkflowStub.fromTyped(workflow).getResult(String.class)).isEqualTo("done");
    }
  }

  /** Retrieves its input and stores its side effect, on its thread if the codec does. */
  @WorkflowInterface
  public interface WaitingWorkflow {
    @WorkflowMethod
    String run(String input);
  }

  public static final class WaitingWorkflowImpl implements WaitingWorkflow {
    @Override
    public String run(String input) {
      Workflow.sideEffect(String.class, () -> LargeText.of("side effect"));
      return "done";
    }
  }

  private static CompletableFuture<Void> later() {
    return CompletableFuture.runAsync(() -> {}, LATER);
  }
}
