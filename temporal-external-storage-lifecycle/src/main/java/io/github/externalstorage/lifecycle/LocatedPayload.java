package io.github.externalstorage.lifecycle;

import com.google.common.base.CaseFormat;
import com.google.protobuf.Message;
import io.github.externalstorage.internal.messages.PayloadFields;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.ArrayList;
import java.util.List;

/** A payload as the Temporal server keeps it, and its location. */
record LocatedPayload(PayloadLocation location, Payload payload) {

  /** The payloads of events of one run. */
  static List<LocatedPayload> of(PayloadLocation run, List<HistoryEvent> events) {
    List<LocatedPayload> payloads = new ArrayList<>();
    for (HistoryEvent event : events) {
      String type = typeName(event.getEventType());
      PayloadFields.visitEvent(
          event,
          (path, payload) ->
              payloads.add(new LocatedPayload(run.at(event.getEventId(), type, path), payload)));
    }
    return payloads;
  }

  /** The payloads of a description. */
  static List<LocatedPayload> of(PayloadLocation owner, Message description) {
    List<LocatedPayload> payloads = new ArrayList<>();
    PayloadFields.visit(
        description, (path, payload) -> payloads.add(new LocatedPayload(owner.at(path), payload)));
    return payloads;
  }

  private static String typeName(EventType type) {
    return CaseFormat.UPPER_UNDERSCORE.to(
        CaseFormat.UPPER_CAMEL, type.name().replaceFirst("^EVENT_TYPE_", ""));
  }
}
