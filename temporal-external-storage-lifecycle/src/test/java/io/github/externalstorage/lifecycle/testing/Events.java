package io.github.externalstorage.lifecycle.testing;

import io.temporal.api.activity.v1.ActivityExecutionInfo;
import io.temporal.api.activity.v1.ActivityExecutionOutcome;
import io.temporal.api.common.v1.Header;
import io.temporal.api.common.v1.Memo;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.SearchAttributes;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.CanceledFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.api.history.v1.ActivityTaskFailedEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.MarkerRecordedEventAttributes;
import io.temporal.api.history.v1.NexusOperationScheduledEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.history.v1.WorkflowExecutionUpdateAcceptedEventAttributes;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleAction;
import io.temporal.api.sdk.v1.UserMetadata;
import io.temporal.api.update.v1.Input;
import io.temporal.api.update.v1.Request;
import io.temporal.api.workflow.v1.NewWorkflowExecutionInfo;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingNexusOperationInfo;
import io.temporal.api.workflowservice.v1.DescribeActivityExecutionResponse;
import io.temporal.api.workflowservice.v1.DescribeNexusOperationExecutionResponse;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.util.List;
import java.util.function.Function;

/** Histories and descriptions with a payload wherever the API has one. */
public final class Events {

  private Events() {}

  public static Payloads payloads(Payload... payloads) {
    return Payloads.newBuilder().addAllPayloads(List.of(payloads)).build();
  }

  /** A workflow started with this input. */
  public static HistoryEvent started(Payload... input) {
    return event(1, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
        .setWorkflowExecutionStartedEventAttributes(
            WorkflowExecutionStartedEventAttributes.newBuilder().setInput(payloads(input)))
        .build();
  }

  /** Payloads in every kind of field of events, each made from a name. */
  public static List<HistoryEvent> everywhere(Function<String, Payload> make) {
    return List.of(
        event(1, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
            .setWorkflowExecutionStartedEventAttributes(
                WorkflowExecutionStartedEventAttributes.newBuilder()
                    .setInput(payloads(make.apply("input 0"), make.apply("input 1")))
                    .setMemo(Memo.newBuilder().putFields("customer", make.apply("memo")))
                    .setHeader(Header.newBuilder().putFields("trace", make.apply("header")))
                    .setSearchAttributes(
                        SearchAttributes.newBuilder()
                            .putIndexedFields("City", StoredSamples.inline("Oslo")))
                    .setLastCompletionResult(payloads(make.apply("last result"))))
            .setUserMetadata(UserMetadata.newBuilder().setSummary(make.apply("summary")))
            .build(),
        event(7, EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED)
            .setActivityTaskFailedEventAttributes(
                ActivityTaskFailedEventAttributes.newBuilder().setFailure(failure(make)))
            .build(),
        event(8, EventType.EVENT_TYPE_MARKER_RECORDED)
            .setMarkerRecordedEventAttributes(
                MarkerRecordedEventAttributes.newBuilder()
                    .putDetails("data", payloads(make.apply("marker"))))
            .build(),
        event(9, EventType.EVENT_TYPE_NEXUS_OPERATION_SCHEDULED)
            .setNexusOperationScheduledEventAttributes(
                NexusOperationScheduledEventAttributes.newBuilder()
                    .setInput(make.apply("nexus input")))
            .build(),
        event(10, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_UPDATE_ACCEPTED)
            .setWorkflowExecutionUpdateAcceptedEventAttributes(
                WorkflowExecutionUpdateAcceptedEventAttributes.newBuilder()
                    .setAcceptedRequest(
                        Request.newBuilder()
                            .setInput(
                                Input.newBuilder()
                                    .setArgs(payloads(make.apply("update")))
                                    .setHeader(
                                        Header.newBuilder()
                                            .putFields("trace", make.apply("update header"))))))
            .build());
  }

  /** The locations of the payloads of {@link #everywhere}. */
  public static final List<String> EVERYWHERE =
      List.of(
          "1 WorkflowExecutionStarted input.payloads[0]",
          "1 WorkflowExecutionStarted input.payloads[1]",
          "1 WorkflowExecutionStarted memo.fields[customer]",
          "1 WorkflowExecutionStarted header.fields[trace]",
          "1 WorkflowExecutionStarted lastCompletionResult.payloads[0]",
          "1 WorkflowExecutionStarted userMetadata.summary",
          "7 ActivityTaskFailed failure.encodedAttributes",
          "7 ActivityTaskFailed failure.cause.timeoutFailureInfo.lastHeartbeatDetails.payloads[0]",
          "7 ActivityTaskFailed failure.cause.cause.canceledFailureInfo.details.payloads[0]",
          "7 ActivityTaskFailed failure.applicationFailureInfo.details.payloads[0]",
          "8 MarkerRecorded details[data].payloads[0]",
          "9 NexusOperationScheduled input",
          "10 WorkflowExecutionUpdateAccepted acceptedRequest.input.args.payloads[0]",
          "10 WorkflowExecutionUpdateAccepted acceptedRequest.input.header.fields[trace]");

  private static Failure failure(Function<String, Payload> make) {
    Failure root =
        Failure.newBuilder()
            .setCanceledFailureInfo(
                CanceledFailureInfo.newBuilder().setDetails(payloads(make.apply("canceled"))))
            .build();
    Failure cause =
        Failure.newBuilder()
            .setTimeoutFailureInfo(
                TimeoutFailureInfo.newBuilder()
                    .setLastHeartbeatDetails(payloads(make.apply("heartbeat"))))
            .setCause(root)
            .build();
    return Failure.newBuilder()
        .setMessage("failed")
        .setEncodedAttributes(make.apply("attributes"))
        .setCause(cause)
        .setApplicationFailureInfo(
            ApplicationFailureInfo.newBuilder().setDetails(payloads(make.apply("details"))))
        .build();
  }

  /** Payloads of an open run that are not in its history. */
  public static DescribeWorkflowExecutionResponse pending(Payload details, Payload failureDetails) {
    return DescribeWorkflowExecutionResponse.newBuilder()
        .addPendingActivities(
            PendingActivityInfo.newBuilder()
                .setActivityId("3")
                .setHeartbeatDetails(payloads(details))
                .setLastFailure(
                    Failure.newBuilder()
                        .setApplicationFailureInfo(
                            ApplicationFailureInfo.newBuilder()
                                .setDetails(payloads(failureDetails)))))
        .addPendingNexusOperations(PendingNexusOperationInfo.newBuilder().setOperation("charge"))
        .build();
  }

  public static DescribeScheduleResponse schedule(Payload input, Payload memo) {
    return DescribeScheduleResponse.newBuilder()
        .setSchedule(
            Schedule.newBuilder()
                .setAction(
                    ScheduleAction.newBuilder()
                        .setStartWorkflow(
                            NewWorkflowExecutionInfo.newBuilder()
                                .setInput(payloads(input))
                                .setMemo(Memo.newBuilder().putFields("note", memo)))))
        .build();
  }

  public static DescribeActivityExecutionResponse activity(
      Payload input, Payload result, Payload heartbeat, Payload failureDetails) {
    return DescribeActivityExecutionResponse.newBuilder()
        .setInput(payloads(input))
        .setOutcome(ActivityExecutionOutcome.newBuilder().setResult(payloads(result)))
        .setInfo(
            ActivityExecutionInfo.newBuilder()
                .setHeartbeatDetails(payloads(heartbeat))
                .setLastFailure(
                    Failure.newBuilder()
                        .setApplicationFailureInfo(
                            ApplicationFailureInfo.newBuilder()
                                .setDetails(payloads(failureDetails)))))
        .build();
  }

  public static DescribeNexusOperationExecutionResponse nexusOperation(
      Payload input, Payload result) {
    return DescribeNexusOperationExecutionResponse.newBuilder()
        .setInput(input)
        .setResult(result)
        .build();
  }

  private static HistoryEvent.Builder event(long id, EventType type) {
    return HistoryEvent.newBuilder().setEventId(id).setEventType(type);
  }
}
