package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.externalstorage.testkit.HistoryPayload;
import io.github.externalstorage.testkit.WorkflowHistories;
import io.github.externalstorage.testkit.WorkflowHistoryAssert;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.List;

/**
 * What every SDK stores of a batch: the orders, which are one activity's result and the next one's
 * input, are two references to one object; all else is inline.
 */
record OrdersStoredOnce(
    Bucket bucket, WorkflowExecutionHistory history, WorkflowExecutionInfo described) {

  static OrdersStoredOnce of(WorkflowClient client, Bucket bucket, String workflowId) {
    return new OrdersStoredOnce(
        bucket,
        client.fetchHistory(workflowId),
        client.newUntypedWorkflowStub(workflowId).describe().getWorkflowExecutionInfo());
  }

  /**
   * @param hashEntries those that the worker's SDK writes
   */
  void check(HashEntries hashEntries) throws Exception {
    String key = onlyKey();
    ReferenceAssert.assertRefersTo(result(), bucket, key, hashEntries);
    ReferenceAssert.assertRefersTo(input(), bucket, key, hashEntries);
    WorkflowHistoryAssert.assertThat(history).hasInlinePayloadsUnder(8 * 1024);
    assertThat(WorkflowHistories.getPayloads(history))
        .filteredOn(HistoryPayload::isStored)
        .extracting(HistoryPayload::eventTypeName, HistoryPayload::path)
        .containsExactly(
            tuple("ActivityTaskCompleted", "result.payloads[0]"),
            tuple("ActivityTaskScheduled", "input.payloads[0]"));
    assertThat(described.getExternalPayloadCount()).isEqualTo(2);
    assertThat(described.getExternalPayloadSizeBytes()).isEqualTo(2L * bucket.read(key).length);
  }

  private String onlyKey() {
    String prefix =
        "v0/ns/%s/wt/ProcessOrderBatchWorkflow/wi/%s/ri/"
            .formatted(Servers.NAMESPACE, described.getExecution().getWorkflowId());
    List<String> keys = bucket.keys(prefix);
    assertThat(keys)
        .singleElement(STRING)
        .startsWith(prefix + described.getExecution().getRunId() + "/d/sha256/");
    return keys.get(0);
  }

  private Payload result() {
    return history.getEvents().stream()
        .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
        .map(HistoryEvent::getActivityTaskCompletedEventAttributes)
        .findFirst()
        .orElseThrow()
        .getResult()
        .getPayloads(0);
  }

  private Payload input() {
    return history.getEvents().stream()
        .filter(HistoryEvent::hasActivityTaskScheduledEventAttributes)
        .map(HistoryEvent::getActivityTaskScheduledEventAttributes)
        .filter(scheduled -> scheduled.getActivityType().getName().equals("process_orders"))
        .findFirst()
        .orElseThrow()
        .getInput()
        .getPayloads(0);
  }
}
