package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plugin does not affect what workers do apart from storing. */
class ExternalStoragePluginLifecycleTest {

  private final ExternalStoragePlugin plugin =
      new ExternalStoragePlugin(
          ExternalStorage.newBuilder().setDriver(new StubStorageDriver("stub")).build());
  private final OfflineClients clients = new OfflineClients();

  /** Never started, so that there is nothing to shut down. */
  private final WorkerFactory factory =
      WorkerFactory.newInstance(
          clients.newClient(WorkflowClientOptions.newBuilder().setPlugins(plugin).build()));

  private final Worker worker = factory.newWorker("queue");
  private final List<Object> passedOn = new ArrayList<>();

  @AfterEach
  void close() {
    clients.close();
  }

  @Test
  void workersStartAndStop() {
    plugin.initializeWorker("queue", worker);
    plugin.startWorker("queue", worker, this::pass);
    plugin.shutdownWorker("queue", worker, this::pass);

    assertThat(passedOn).containsExactly("queue", worker, "queue", worker);
  }

  @Test
  void factoriesStartAndStop() {
    plugin.startWorkerFactory(factory, passedOn::add);
    plugin.shutdownWorkerFactory(factory, passedOn::add);

    assertThat(passedOn).containsExactly(factory, factory);
  }

  @Test
  void historiesAreReplayed() throws Exception {
    WorkflowExecutionHistory history =
        new WorkflowExecutionHistory(
            History.newBuilder()
                .addEvents(
                    HistoryEvent.newBuilder()
                        .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
                        .setWorkflowExecutionStartedEventAttributes(
                            WorkflowExecutionStartedEventAttributes.getDefaultInstance()))
                .build(),
            "id");

    plugin.replayWorkflowExecution(worker, history, this::pass);

    assertThat(passedOn).containsExactly(worker, history);
  }

  @Test
  void workerOptionsStayAsTheyAre() {
    WorkerOptions.Builder options = WorkerOptions.newBuilder();

    plugin.configureWorker("queue", options);

    assertThat(options.build()).isEqualTo(WorkerOptions.newBuilder().build());
  }

  private void pass(Object first, Object second) {
    passedOn.add(first);
    passedOn.add(second);
  }
}
