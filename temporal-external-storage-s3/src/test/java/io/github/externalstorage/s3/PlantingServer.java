package io.github.externalstorage.s3;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.options.StartupCheck;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * A Temporal server with a worker, for workflows whose input bypasses the client's data converter.
 */
final class PlantingServer implements AutoCloseable {

  private static final String TASK_QUEUE = "planted";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final TestWorkflowEnvironment environment;

  PlantingServer(ExternalStorageRoute route, ExternalStorage storage, DataConverter converter) {
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkflowClientOptions(
                    WorkflowClientOptions.newBuilder()
                        .setDataConverter(converter)
                        .setPlugins(
                            ExternalStoragePlugin.newBuilder(storage)
                                .setRoute(route)
                                .setStartupCheck(StartupCheck.OFF)
                                .build())
                        .build())
                .build());
    environment
        .newWorker(TASK_QUEUE, ParcelEnvironment.patient())
        .registerWorkflowImplementationTypes(EchoWorkflow.Impl.class);
    environment.start();
  }

  /** Returns its input. */
  @WorkflowInterface
  public interface EchoWorkflow {
    @WorkflowMethod(name = "Echo")
    String run(String input);

    /** The implementation. */
    final class Impl implements EchoWorkflow {
      @Override
      public String run(String input) {
        return input;
      }
    }
  }

  /** Starts a workflow with this input and returns the failure of its first task. */
  String failureOfTask(Payload input) {
    String id = UUID.randomUUID().toString();
    WorkflowExecution execution =
        WorkflowExecution.newBuilder()
            .setWorkflowId(id)
            .setRunId(
                stub()
                    .startWorkflowExecution(
                        StartWorkflowExecutionRequest.newBuilder()
                            .setNamespace(environment.getNamespace())
                            .setWorkflowId(id)
                            .setRequestId(id)
                            .setWorkflowType(WorkflowType.newBuilder().setName("Echo"))
                            .setTaskQueue(TaskQueue.newBuilder().setName(TASK_QUEUE))
                            .setInput(Payloads.newBuilder().addPayloads(input))
                            .build())
                    .getRunId())
            .build();
    String failure = awaitFailure(execution).getWorkflowTaskFailedEventAttributes().toString();
    var unused =
        stub()
            .terminateWorkflowExecution(
                TerminateWorkflowExecutionRequest.newBuilder()
                    .setNamespace(environment.getNamespace())
                    .setWorkflowExecution(execution)
                    .build());
    return failure;
  }

  /** Polls, since the test server's long poll fails after the second attempt of a task. */
  private HistoryEvent awaitFailure(WorkflowExecution execution) {
    GetWorkflowExecutionHistoryRequest request =
        GetWorkflowExecutionHistoryRequest.newBuilder()
            .setNamespace(environment.getNamespace())
            .setExecution(execution)
            .build();
    for (Instant end = Instant.now().plus(LIMIT); Instant.now().isBefore(end); ) {
      for (HistoryEvent event :
          stub().getWorkflowExecutionHistory(request).getHistory().getEventsList()) {
        if (event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED) {
          return event;
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
    throw new AssertionError("No workflow task has failed");
  }

  private WorkflowServiceBlockingStub stub() {
    return environment.getWorkflowServiceStubs().blockingStub();
  }

  @Override
  public void close() {
    environment.close();
  }
}
