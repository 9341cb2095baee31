package io.github.externalstorage.interop;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.function.Function;

/** A completed batch, with the objects and the history that its worker wrote. */
record ProcessedBatch(WorkflowExecutionInfo described, List<RecordedPayload> payloads) {

  /** Has a batch processed by a worker of this kind. */
  static ProcessedBatch by(Sdk worker, Stage stage) throws Exception {
    String name = Names.unique("orders");
    worker.processOrders(stage, name);
    WorkflowClient client = stage.java().workflowClient();
    Batch batch = Batch.start(client, name, name);
    var unused = batch.summary();
    return new ProcessedBatch(
        batch.workflow().describe().getWorkflowExecutionInfo(),
        RecordedPayload.readAll(client.fetchHistory(name).getEvents(), stage.bucket()));
  }

  WorkflowExecution execution() {
    return described.getExecution();
  }

  /** The orders, as one activity's result and as the next one's input. */
  List<RecordedPayload> orders() {
    return payloads.stream().filter(RecordedPayload::isStored).toList();
  }

  /** The total size of all stored payloads, in bytes. */
  long storedSize() {
    return orders().stream().mapToLong(RecordedPayload::size).sum();
  }

  RecordedPayload input() {
    return payloads.get(0);
  }

  RecordedPayload result() {
    return payloads.get(payloads.size() - 1);
  }

  /** One part of all payloads. */
  List<Payload> all(Function<RecordedPayload, Payload> part) {
    return payloads.stream().map(part).toList();
  }
}
