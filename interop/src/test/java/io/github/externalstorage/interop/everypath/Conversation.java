package io.github.externalstorage.interop.everypath;

import io.github.externalstorage.testkit.HistoryPayload;
import io.github.externalstorage.testkit.WorkflowHistories;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.List;

/** A client's with a workflow that waits between its messages, for as long as the client wants. */
public final class Conversation {

  private final WorkflowClient client;
  private final EveryPathReceiverWorkflow workflow;
  private final String name;

  private Conversation(WorkflowClient client, EveryPathReceiverWorkflow workflow, String name) {
    this.client = client;
    this.workflow = workflow;
    this.name = name;
  }

  /**
   * Starts the workflow.
   *
   * @param name of the workflow, its task queue, and the run that its cargo names
   */
  public static Conversation begin(WorkflowClient client, String name) {
    EveryPathReceiverWorkflow workflow =
        client.newWorkflowStub(
            EveryPathReceiverWorkflow.class,
            WorkflowOptions.newBuilder().setWorkflowId(name).setTaskQueue(name).build());
    var unused = WorkflowClient.start(workflow::run, Cargo.of(name, "conversation-input"));
    return new Conversation(client, workflow, name);
  }

  /** Sends cargo and expects the answer. */
  public void exchange() {
    workflow.exchange(Cargo.of(name, "exchange-input")).expect("exchange-result");
  }

  /** Lets the workflow end, and expects its result. */
  public void end() {
    workflow.deliver(Cargo.of(name, "end"));
    WorkflowStub.fromTyped(workflow).getResult(Cargo.class).expect("conversation-result");
  }

  /** Of each answer to {@link #exchange} in turn, whether it is stored. */
  public List<Boolean> storedAnswers() {
    return WorkflowHistories.getPayloads(client.fetchHistory(name)).stream()
        .filter(payload -> payload.path().startsWith("outcome.success"))
        .map(HistoryPayload::isStored)
        .toList();
  }
}
