package io.github.externalstorage.interop;

import static java.util.stream.Collectors.toSet;

import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who processed a batch, by the process ids that workers have in their identities.
 *
 * @param creator the worker that created the orders, which differ between languages
 * @param workers all workers that took part
 */
record BatchTrace(BatchSummary summary, long creator, Set<Long> workers) {

  private static final int BATCHES = 6;

  /** Processes several batches at once, in the given round. */
  static List<BatchTrace> process(WorkflowClient client, String taskQueue, int round) {
    List<Batch> batches =
        IntStream.range(0, BATCHES)
            .mapToObj(
                i -> Batch.start(client, taskQueue, "%s-%d-%d".formatted(taskQueue, round, i)))
            .toList();
    return batches.stream().map(batch -> of(client, batch)).toList();
  }

  static BatchTrace of(WorkflowClient client, Batch batch) {
    BatchSummary summary = batch.summary();
    List<HistoryEvent> events =
        client.fetchHistory(batch.workflow().getExecution().getWorkflowId()).getEvents();
    List<Long> activityWorkers =
        events.stream()
            .filter(HistoryEvent::hasActivityTaskStartedEventAttributes)
            .map(event -> event.getActivityTaskStartedEventAttributes().getIdentity())
            .map(BatchTrace::pid)
            .toList();
    Stream<Long> workflowWorkers =
        events.stream()
            .filter(HistoryEvent::hasWorkflowTaskStartedEventAttributes)
            .map(event -> event.getWorkflowTaskStartedEventAttributes().getIdentity())
            .map(BatchTrace::pid);
    return new BatchTrace(
        summary,
        activityWorkers.get(0),
        Stream.concat(activityWorkers.stream(), workflowWorkers).collect(toSet()));
  }

  private static long pid(String identity) {
    return Long.parseLong(identity.substring(0, identity.indexOf('@')));
  }
}
