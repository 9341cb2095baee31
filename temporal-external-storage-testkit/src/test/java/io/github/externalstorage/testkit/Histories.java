package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Header;
import io.temporal.api.common.v1.Memo;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.ActivityTaskFailedEventAttributes;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.api.history.v1.NexusOperationScheduledEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.sdk.v1.UserMetadata;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Sample histories. */
final class Histories {

  /**
   * The paths of the payloads of {@link #withPayloadsEverywhere}; each payload's data is its path.
   */
  static final List<String> PATHS =
      List.of(
          "input.payloads[0]",
          "input.payloads[1]",
          "memo.fields[customer]",
          "header.fields[trace]",
          "userMetadata.summary",
          "failure.cause.cause.encodedAttributes",
          "failure.applicationFailureInfo.details.payloads[0]",
          "details[data].payloads[0]",
          "input");

  private Histories() {}

  static Payload payload(String data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
        .setData(ByteString.copyFromUtf8(data))
        .build();
  }

  /** A history with a workflow's input and nothing else. */
  static WorkflowExecutionHistory withInput(Payload... input) {
    return history(
        event(1, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
            .setWorkflowExecutionStartedEventAttributes(
                WorkflowExecutionStartedEventAttributes.newBuilder().setInput(payloads(input))));
  }

  /** A history with a payload in every kind of field that the API supports. */
  static WorkflowExecutionHistory withPayloadsEverywhere(UnaryOperator<Payload> change) {
    Iterator<Payload> payloads = PATHS.stream().map(path -> change.apply(payload(path))).iterator();
    return history(
        event(1, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
            .setWorkflowExecutionStartedEventAttributes(
                WorkflowExecutionStartedEventAttributes.newBuilder()
                    .setInput(payloads(payloads.next(), payloads.next()))
                    .setMemo(Memo.newBuilder().putFields("customer", payloads.next()))
                    .setHeader(Header.newBuilder().putFields("trace", payloads.next())))
            .setUserMetadata(UserMetadata.newBuilder().setSummary(payloads.next())),
        event(7, EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED)
            .setActivityTaskFailedEventAttributes(
                ActivityTaskFailedEventAttributes.newBuilder()
                    .setFailure(failure(payloads.next(), payloads.next()))),
        event(8, EventType.EVENT_TYPE_MARKER_RECORDED)
            .setMarkerRecordedEventAttributes(
                MarkerRecordedEventAttributes.newBuilder()
                    .putDetails("data", payloads(payloads.next()))),
        event(9, EventType.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED)
            .setNexusOperationScheduledEventAttributes(
                NexusOperationScheduledEventAttributes.newBuilder().setInput(payloads.next())));
  }

  private static Failure failure(Payload encodedAttributes, Payload detail) {
    Failure root = Failure.newBuilder().setEncodedAttributes(encodedAttributes).build();
    return Failure.newBuilder()
        .setMessage("failed")
        .setCause(Failure.newBuilder().setCause(root))
        .setApplicationFailureInfo(ApplicationFailureInfo.newBuilder().setDetails(payloads(detail)))
        .build();
  }

  private static Payloads payloads(Payload... payloads) {
    return Payloads.newBuilder().addAllPayloads(List.of(payloads)).build();
  }

  private static HistoryEvent.Builder event(long id, EventType type) {
    return HistoryEvent.newBuilder().setEventId(id).setEventType(type);
  }

  private static WorkflowExecutionHistory history(HistoryEvent.Builder... events) {
    History.Builder history = History.newBuilder();
    for (HistoryEvent.Builder event : events) {
      history.addEvents(event);
    }
    return new WorkflowExecutionHistory(history.build(), "workflow-1");
  }
}
