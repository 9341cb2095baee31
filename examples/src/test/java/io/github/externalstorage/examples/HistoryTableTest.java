package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.ActivityTaskCompletedEventAttributes;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HistoryTableTest {

  private final Locale machine = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(machine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-CH", "ar-EG"})
  void showsWhereEachPayloadIs(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    Payload inline = Payload.newBuilder().setData(ByteString.copyFrom(new byte[1_200])).build();
    Payload first = reference("v0/d/sha256/01", 436_057);
    Payload second = reference("v0/d/sha256/02", 300_000);
    WorkflowExecutionHistory history =
        history(
            started(1, inline),
            scheduled(5, inline),
            completed(7, 5, first),
            scheduled(11, first),
            completed(13, 11, second));

    assertThat(String.join("\n", new HistoryTable(history).lines()))
        .isEqualTo(
            """
               Event                       Payload                    Bytes  In history  Where
             1 WorkflowExecutionStarted    workflow input             1,203       1,203  inline
             5 ActivityTaskScheduled       activity_5 input           1,203       1,203  inline
             7 ActivityTaskCompleted       activity_5 result        436,057         152  S3 object 1
            11 ActivityTaskScheduled       activity_11 input        436,057         152  S3 object 1
            13 ActivityTaskCompleted       activity_11 result       300,000         152  S3 object 2

            S3 object 1 = v0/d/sha256/01
            S3 object 2 = v0/d/sha256/02
            External storage keeps 1,171,658 bytes out of the history.""");
  }

  private static WorkflowExecutionHistory history(HistoryEvent.Builder... events) {
    History.Builder history = History.newBuilder();
    for (HistoryEvent.Builder event : events) {
      history.addEvents(event);
    }
    return new WorkflowExecutionHistory(history.build(), "workflow");
  }

  private static HistoryEvent.Builder started(long id, Payload input) {
    return HistoryEvent.newBuilder()
        .setEventId(id)
        .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
        .setWorkflowExecutionStartedEventAttributes(
            WorkflowExecutionStartedEventAttributes.newBuilder().setInput(payloads(input)));
  }

  private static HistoryEvent.Builder scheduled(long id, Payload input) {
    return HistoryEvent.newBuilder()
        .setEventId(id)
        .setEventType(EventType.EVENT_TYPE_ACTIVITY_TASK_SCHEDULED)
        .setActivityTaskScheduledEventAttributes(
            ActivityTaskScheduledEventAttributes.newBuilder()
                .setActivityType(ActivityType.newBuilder().setName("activity_" + id))
                .setInput(payloads(input)));
  }

  private static HistoryEvent.Builder completed(long id, long scheduled, Payload result) {
    return HistoryEvent.newBuilder()
        .setEventId(id)
        .setEventType(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED)
        .setActivityTaskCompletedEventAttributes(
            ActivityTaskCompletedEventAttributes.newBuilder()
                .setScheduledEventId(scheduled)
                .setResult(payloads(result)));
  }

  private static Payloads payloads(Payload payload) {
    return Payloads.newBuilder().addPayloads(payload).build();
  }

  private static Payload reference(String key, long size) {
    return new StorageReference("s3", new StorageDriverClaim(Map.of("key", key)), size).toPayload();
  }
}
