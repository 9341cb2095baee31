package io.github.externalstorage.interop;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** A batch that is done, and what its worker has left behind. */
record ProcessedBatch(WorkflowExecution execution, List<RecordedPayload> payloads) {

  /** Has a batch processed by a worker of this kind. */
  static ProcessedBatch by(Sdk worker, Stage stage) throws Exception {
    String name = Names.unique("orders");
    worker.processOrders(stage, name);
    WorkflowClient client = stage.java().workflowClient();
    Batch batch = Batch.start(client, name, name);
    var unused = batch.summary();
    return of(client, batch.workflow().getExecution(), stage.bucket());
  }

  private static ProcessedBatch of(
      WorkflowClient client, WorkflowExecution execution, Bucket bucket) throws IOException {
    return new ProcessedBatch(
        execution,
        RecordedPayload.readAll(
            client.fetchHistory(execution.getWorkflowId()).getEvents(), bucket));
  }

  /** The orders, as one activity's result and as the next one's input. */
  List<RecordedPayload> orders() {
    return payloads.stream().filter(RecordedPayload::isStored).toList();
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
