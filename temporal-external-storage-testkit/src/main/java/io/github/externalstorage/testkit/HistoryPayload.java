package io.github.externalstorage.testkit;

import com.google.common.base.CaseFormat;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import io.github.externalstorage.reference.EncodedReference;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.Optional;

/**
 * A payload in a workflow's history, inline or stored. Contains its position and size, but never
 * its content. Immutable.
 *
 * @param eventId the id of the event
 * @param eventType the type of the event
 * @param path the position of the payload in the event's attributes, with JSON field names, such as
 *     {@code input.payloads[0]} or {@code memo.fields[customer]}
 * @param sizeInHistory the serialized size in the history, in bytes: that of the payload, or that
 *     of the reference that replaces it
 * @param reference the reference that replaces the payload; empty if the payload is inline
 */
public record HistoryPayload(
    long eventId,
    EventType eventType,
    String path,
    int sizeInHistory,
    Optional<StorageReference> reference) {

  static HistoryPayload of(HistoryEvent event, String path, Payload payload) {
    if (EncodedReference.isReference(payload)) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "The reference at event %s %s was encoded by a payload codec; decode it with that codec first (WorkflowHistories.decodeReferences)"
              .formatted(event.getEventId(), path));
    }
    return new HistoryPayload(
        event.getEventId(),
        event.getEventType(),
        path,
        payload.getSerializedSize(),
        StorageReference.parse(payload));
  }

  /** Whether the payload is stored, so that the history only contains a reference. */
  public boolean isStored() {
    return reference.isPresent();
  }

  /**
   * The serialized size of the payload itself in bytes, whether inline or stored; 0 if its
   * reference does not contain the size.
   */
  public long size() {
    return reference.map(StorageReference::sizeBytes).orElse((long) sizeInHistory);
  }

  /**
   * The type of the event as Temporal's tools display it, such as {@code ActivityTaskScheduled}.
   */
  public String eventTypeName() {
    return CaseFormat.UPPER_UNDERSCORE.to(
        CaseFormat.UPPER_CAMEL, eventType.name().replaceFirst("^EVENT_TYPE_", ""));
  }

  /** The list or map that contains the payload, whose total size the server limits. */
  String container() {
    String container = path.endsWith("]") ? path.substring(0, path.lastIndexOf('[')) : path;
    return "event " + eventId + " " + eventTypeName() + " " + container;
  }

  /**
   * A description for messages: the payload's position, its size, and the driver that stored it.
   */
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
