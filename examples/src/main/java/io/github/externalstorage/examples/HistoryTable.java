package io.github.externalstorage.examples;

import io.github.externalstorage.driver.FileStorageDriver;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.testkit.HistoryPayload;
import io.github.externalstorage.testkit.WorkflowHistories;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Shows where each payload of a workflow is: in its history or in the storage. */
final class HistoryTable {

  private final List<HistoryPayload> payloads;
  private final Map<Long, String> activities = new HashMap<>();

  /** The names of the stored objects, by their keys. */
  private final Map<String, String> objects = new LinkedHashMap<>();

  HistoryTable(WorkflowExecutionHistory history) {
    payloads = WorkflowHistories.getPayloads(history);
    history.getEvents().forEach(this::nameActivity);
    payloads.stream()
        .flatMap(payload -> payload.reference().stream())
        .forEach(
            reference ->
                objects.computeIfAbsent(
                    key(reference), key -> kind(reference) + " " + (objects.size() + 1)));
  }

  /** One line per payload, one per object, and how many bytes are not in the history. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("", "Event", "Payload", "Bytes", "In history", "Where"));
    for (HistoryPayload payload : payloads) {
      lines.add(
          row(
              String.valueOf(payload.eventId()),
              payload.eventTypeName(),
              name(payload),
              grouped(payload.size()),
              grouped(payload.sizeInHistory()),
              payload.reference().map(HistoryTable::key).map(objects::get).orElse("inline")));
    }
    lines.add("");
    objects.forEach((key, name) -> lines.add(name + " = " + key));
    long saved = payloads.stream().mapToLong(p -> p.size() - p.sizeInHistory()).sum();
    lines.add("External storage keeps " + grouped(saved) + " bytes out of the history.");
    return lines;
  }

  private void nameActivity(HistoryEvent event) {
    if (event.hasActivityTaskScheduledEventAttributes()) {
      activities.put(
          event.getEventId(),
          event.getActivityTaskScheduledEventAttributes().getActivityType().getName());
    } else if (event.hasActivityTaskCompletedEventAttributes()) {
      long scheduled = event.getActivityTaskCompletedEventAttributes().getScheduledEventId();
      activities.put(event.getEventId(), activities.getOrDefault(scheduled, ""));
    }
  }

  private String name(HistoryPayload payload) {
    String owner = activities.getOrDefault(payload.eventId(), "workflow");
    return owner + " " + payload.path().replaceFirst("\\..*", "");
  }

  private static String kind(StorageReference reference) {
    return reference.driverName().equals(FileStorageDriver.TYPE) ? "file" : "S3 object";
  }

  private static String key(StorageReference reference) {
    return reference.claim().getClaimData().getOrDefault("key", "");
  }

  private static String row(
      String id, String event, String payload, String bytes, String inHistory, String where) {
    return String.format(
        "%2s %-26s  %-21s  %9s  %10s  %s", id, event, payload, bytes, inHistory, where);
  }

  private static String grouped(long bytes) {
    return String.format(Locale.ROOT, "%,d", bytes);
  }
}
