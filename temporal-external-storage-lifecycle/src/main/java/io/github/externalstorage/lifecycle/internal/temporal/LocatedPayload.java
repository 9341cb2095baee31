package io.github.externalstorage.lifecycle.internal.temporal;

import com.google.common.base.CaseFormat;
import com.google.protobuf.Message;
import io.github.externalstorage.internal.messages.PayloadFields;
import io.github.externalstorage.lifecycle.PayloadLocation;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A payload as the Temporal server keeps it, and its location.
 *
 * @param owner until when that what it belongs to can be open
 */
public record LocatedPayload(PayloadLocation location, Payload payload, OpenUntil owner) {

  /** The payloads of events of one run. */
  public static List<LocatedPayload> of(PayloadLocation run, List<HistoryEvent> events) {
    return of(run, events, OpenUntil.CLOSED);
  }

  static List<LocatedPayload> of(PayloadLocation run, List<HistoryEvent> events, OpenUntil owner) {
    List<LocatedPayload> payloads = new ArrayList<>();
    for (HistoryEvent event : events) {
      String type = typeName(event.getEventType());
      BiConsumer<String, Payload> visitor =
          (path, payload) ->
              payloads.add(
                  new LocatedPayload(at(run, event.getEventId(), type, path), payload, owner));
      PayloadFields.visitEvent(event, visitor);
      UnknownFields.visit(event, visitor);
    }
    return payloads;
  }

  /** The payloads of a description. */
  public static List<LocatedPayload> of(PayloadLocation owner, Message description) {
    List<LocatedPayload> payloads = new ArrayList<>();
    OpenUntil openUntil = OpenUntil.of(description);
    BiConsumer<String, Payload> visitor =
        (path, payload) ->
            payloads.add(new LocatedPayload(at(owner, 0, "", path), payload, openUntil));
    PayloadFields.visit(description, visitor);
    UnknownFields.visit(description, visitor);
    return payloads;
  }

  private static PayloadLocation at(
      PayloadLocation owner, long eventId, String eventType, String path) {
    return new PayloadLocation(
        owner.namespace(), owner.kind(), owner.id(), owner.runId(), eventId, eventType, path);
  }

  private static String typeName(EventType type) {
    return CaseFormat.UPPER_UNDERSCORE.to(
        CaseFormat.UPPER_CAMEL, type.name().replaceFirst("^EVENT_TYPE_", ""));
  }
}
