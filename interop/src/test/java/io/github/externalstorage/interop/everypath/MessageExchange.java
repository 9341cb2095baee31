package io.github.externalstorage.interop.everypath;

import io.github.externalstorage.testkit.HistoryPayload;
import io.github.externalstorage.testkit.WorkflowHistories;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.List;

/** Exchanges messages between a client and a workflow, which waits between the messages. */
public final class MessageExchange {

  private final WorkflowClient client;
  private final EveryPathReceiverWorkflow workflow;
  private final String name;

  private MessageExchange(WorkflowClient client, EveryPathReceiverWorkflow workflow, String name) {
    this.client = client;
    this.workflow = workflow;
    this.name = name;
  }

  /**
   * Starts the workflow.
   *
   * @param name the name of the workflow, its task queue, and the run in its cargo
   */
  public static MessageExchange begin(WorkflowClient client, String name) {
    EveryPathReceiverWorkflow workflow =
        client.newWorkflowStub(
            EveryPathReceiverWorkflow.class,
            WorkflowOptions.newBuilder().setWorkflowId(name).setTaskQueue(name).build());
    var unused = WorkflowClient.start(workflow::run, Cargo.of(name, "conversation-input"));
    return new MessageExchange(client, workflow, name);
  }

  /** Sends cargo and checks the reply. */
  public void exchange() {
    workflow.exchange(Cargo.of(name, "exchange-input")).expect("exchange-result");
  }

  /** Completes the workflow and checks its result. */
  public void end() {
    workflow.deliver(Cargo.of(name, "end"));
    WorkflowStub.fromTyped(workflow).getResult(Cargo.class).expect("conversation-result");
  }

  /** Whether the result of each {@link #exchange} is stored, in order. */
  public List<Boolean> storedResults() {
    return WorkflowHistories.getPayloads(client.fetchHistory(name)).stream()
        .filter(payload -> payload.path().startsWith("outcome.success"))
        .map(HistoryPayload::isStored)
        .toList();
  }
}
