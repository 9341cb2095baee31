package io.github.externalstorage.testkit;

import com.google.common.base.CaseFormat;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import io.github.externalstorage.reference.MarkedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.Optional;

/**
 * A payload of a workflow's history, inline or stored. It has the payload's measures, never its
 * content.
 *
 * @param eventId the id of the event
 * @param eventType the type of the event
 * @param path where the payload is in the event's attributes, in the names of the JSON form, such
 *     as {@code input.payloads[0]} or {@code memo.fields[customer]}
 * @param sizeInHistory how many bytes the history holds, serialized: of the payload itself, or of
 *     the reference in its place
 * @param reference the reference in the payload's place; empty if the payload is inline
 */
public record HistoryPayload(
    long eventId,
    EventType eventType,
    String path,
    int sizeInHistory,
    Optional<StorageReference> reference) {

  static HistoryPayload of(HistoryEvent event, String path, Payload payload) {
    if (MarkedReference.isMarked(payload)) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "The reference at event %s %s was encoded by a payload codec; decode it with that codec first (WorkflowHistories.decodeReferences)"
              .formatted(event.getEventId(), path));
    }
    return new HistoryPayload(
        event.getEventId(),
        event.getEventType(),
        path.replaceFirst("^\\w+EventAttributes\\.", ""),
        payload.getSerializedSize(),
        StorageReference.parse(payload));
  }

  /** Whether the history holds a reference in the payload's place. */
  public boolean isStored() {
    return reference.isPresent();
  }

  /**
   * The payload's own serialized size in bytes, wherever it is; 0 if its reference does not tell.
   */
  public long size() {
    return reference.map(StorageReference::sizeBytes).orElse((long) sizeInHistory);
  }

  /** The type of the event as Temporal's tools write it, such as {@code ActivityTaskScheduled}. */
  public String eventTypeName() {
    return CaseFormat.UPPER_UNDERSCORE.to(
        CaseFormat.UPPER_CAMEL, eventType.name().replaceFirst("^EVENT_TYPE_", ""));
  }

  /** What the server measures as one: the list or map that the payload is in. */
  String container() {
    String container = path.endsWith("]") ? path.substring(0, path.lastIndexOf('[')) : path;
    return "event " + eventId + " " + eventTypeName() + " " + container;
  }

  /** For messages: where the payload is, its size, and the driver that stored it. */
  @Override
  public String toString() {
    return "event %s %s %s: %s bytes %s"
        .formatted(
            eventId,
            eventTypeName(),
            path,
            size(),
            reference
                .map(stored -> "stored by " + Quoted.of(stored.driverName()))
                .orElse("inline"));
  }
}
