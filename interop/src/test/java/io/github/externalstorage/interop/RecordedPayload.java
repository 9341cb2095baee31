package io.github.externalstorage.interop;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.ExternalStorageReference;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A payload of a history.
 *
 * @param written the payload in the history
 * @param decoded the original payload, decoded without the library
 * @param size the size of the stored object, in bytes; 0 if the payload is inline
 */
record RecordedPayload(long eventId, Payload written, Payload decoded, long size) {

  private static final ByteString GZIP = ByteString.copyFromUtf8("binary/gzip");

  /** The inputs and results of a workflow and its activities. */
  static Stream<Payload> payloads(HistoryEvent event) {
    Payloads payloads =
        switch (event.getAttributesCase()) {
          case WORKFLOW_EXECUTION_STARTED_EVENT_ATTRIBUTES ->
              event.getWorkflowExecutionStartedEventAttributes().getInput();
          case ACTIVITY_TASK_SCHEDULED_EVENT_ATTRIBUTES ->
              event.getActivityTaskScheduledEventAttributes().getInput();
          case ACTIVITY_TASK_COMPLETED_EVENT_ATTRIBUTES ->
              event.getActivityTaskCompletedEventAttributes().getResult();
          case WORKFLOW_EXECUTION_COMPLETED_EVENT_ATTRIBUTES ->
              event.getWorkflowExecutionCompletedEventAttributes().getResult();
          default -> Payloads.getDefaultInstance();
        };
    return payloads.getPayloadsList().stream();
  }

  static List<RecordedPayload> readAll(Collection<HistoryEvent> events, Bucket bucket)
      throws IOException {
    Stream.Builder<RecordedPayload> read = Stream.builder();
    for (HistoryEvent event : events) {
      for (Payload written : payloads(event).toList()) {
        read.add(read(event.getEventId(), written, bucket));
      }
    }
    return read.build().toList();
  }

  private static RecordedPayload read(long eventId, Payload written, Bucket bucket)
      throws IOException {
    if (written.getExternalPayloadsCount() == 0) {
      return new RecordedPayload(eventId, written, decode(written), 0);
    }
    ExternalStorageReference.Builder reference = ExternalStorageReference.newBuilder();
    JsonFormat.parser().merge(written.getData().toStringUtf8(), reference);
    byte[] object = bucket.read(reference.getClaimDataOrThrow("key"));
    return new RecordedPayload(eventId, written, decode(Payload.parseFrom(object)), object.length);
  }

  private static Payload decode(Payload encoded) throws IOException {
    if (!GZIP.equals(encoded.getMetadataMap().get("encoding"))) {
      return encoded;
    }
    try (GZIPInputStream data = new GZIPInputStream(encoded.getData().newInput())) {
      return Payload.parseFrom(data);
    }
  }

  boolean isStored() {
    return size > 0;
  }

  /** What Temporal's tools show if they can't download stored payloads. */
  Payload decodedInPlace() {
    return isStored() ? written : decoded;
  }
}
