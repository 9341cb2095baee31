package io.github.externalstorage.interop;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import com.google.common.collect.Sets;
import com.google.protobuf.util.Timestamps;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.fixtures.fault.ProxiedRequest;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.testkit.HistoryPayload;
import io.github.externalstorage.testkit.WorkflowHistories;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The report of a storm. */
record StormReport(
    List<ProxiedRequest> requests, List<WorkflowExecutionHistory> histories, Set<String> keys) {

  /** The claims in all histories, each once. */
  Set<StorageDriverClaim> claims() {
    return histories.stream()
        .flatMap(history -> WorkflowHistories.getPayloads(history).stream())
        .map(HistoryPayload::reference)
        .flatMap(Optional::stream)
        .map(StorageReference::claim)
        .collect(toSet());
  }

  @Override
  public String toString() {
    List<ProxiedRequest> failed = requests.stream().filter(it -> it.fault().isPresent()).toList();
    Set<String> referred =
        claims().stream().map(claim -> claim.getClaimData().get("key")).collect(toSet());
    return """
        S3 requests      %6d, of them failed on purpose %d:
        %s
        Activities       %6d, retries %d
        Workflow tasks   %6d failed, %d timed out
        Objects          %6d, of them orphans %d
        Workflows took   %.1f s (p50), %.1f s (p90), %.1f s (p99)
        """
        .formatted(
            requests.size(),
            failed.size(),
            byFault(failed),
            count(HistoryEvent::hasActivityTaskCompletedEventAttributes),
            events()
                .filter(HistoryEvent::hasActivityTaskStartedEventAttributes)
                .mapToInt(it -> it.getActivityTaskStartedEventAttributes().getAttempt() - 1)
                .sum(),
            count(HistoryEvent::hasWorkflowTaskFailedEventAttributes),
            count(HistoryEvent::hasWorkflowTaskTimedOutEventAttributes),
            keys.size(),
            Sets.difference(keys, referred).size(),
            seconds(50),
            seconds(90),
            seconds(99));
  }

  private static String byFault(List<ProxiedRequest> failed) {
    return failed.stream()
        .collect(
            groupingBy(
                it -> "%s %s".formatted(it.method(), it.fault().orElseThrow()),
                TreeMap::new,
                counting()))
        .entrySet()
        .stream()
        .map(it -> "  %-40s %4d".formatted(it.getKey(), it.getValue()))
        .collect(joining("\n"));
  }

  private long count(Predicate<HistoryEvent> predicate) {
    return events().filter(predicate).count();
  }

  private Stream<HistoryEvent> events() {
    return histories.stream().flatMap(history -> history.getEvents().stream());
  }

  /** The durations of the workflows. */
  private double seconds(int percentile) {
    double[] sorted =
        histories.stream()
            .map(WorkflowExecutionHistory::getEvents)
            .mapToDouble(
                events ->
                    Timestamps.toMillis(events.get(events.size() - 1).getEventTime())
                        - Timestamps.toMillis(events.get(0).getEventTime()))
            .sorted()
            .toArray();
    return sorted[(sorted.length - 1) * percentile / 100] / 1000;
  }
}
