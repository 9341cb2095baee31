package io.github.externalstorage.lifecycle.internal.temporal;

import com.google.common.base.Throwables;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.activity.v1.ActivityExecutionListInfo;
import io.temporal.api.common.v1.DataBlob;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EncodingType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.namespace.v1.NamespaceInfo;
import io.temporal.api.nexus.v1.NexusOperationExecutionListInfo;
import io.temporal.api.schedule.v1.ScheduleListEntry;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeActivityExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeActivityExecutionResponse;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.DescribeNexusOperationExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeNexusOperationExecutionResponse;
import io.temporal.api.workflowservice.v1.DescribeScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListActivityExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListActivityExecutionsResponse;
import io.temporal.api.workflowservice.v1.ListNexusOperationExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListNexusOperationExecutionsResponse;
import io.temporal.api.workflowservice.v1.ListSchedulesRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Reads from a Temporal server, one page at a time. Payloads are returned as the server keeps them:
 * no data converter and no storage changes them. Thread-safe.
 */
public final class TemporalServer {

  private static final int PAGE_SIZE = 100;
  private static final int TIMEOUT_SECONDS = 60;

  private final WorkflowServiceStubs service;
  private final TemporalCalls calls;

  public TemporalServer(WorkflowServiceStubs service, TemporalCalls calls) {
    this.service = service;
    this.calls = calls;
  }

  /**
   * Describes a namespace, which also checks that it exists: when a run is requested, a missing
   * namespace looks like a missing run.
   */
  public NamespaceInfo describeNamespace(String namespace) {
    return namespace(namespace).getNamespaceInfo();
  }

  /** Workflow runs, open and closed. */
  public Page<WorkflowExecutionInfo> runs(String namespace, String query, ByteString token) {
    ListWorkflowExecutionsResponse response =
        call(
            stub ->
                stub.listWorkflowExecutions(
                    ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(namespace)
                        .setQuery(query)
                        .setPageSize(PAGE_SIZE)
                        .setNextPageToken(token)
                        .build()));
    return new Page<>(response.getExecutionsList(), response.getNextPageToken());
  }

  /** The pages of a run's history, from the first event on. */
  public Iterable<List<HistoryEvent>> history(String namespace, WorkflowExecution run) {
    return Page.all(token -> events(namespace, run, token, 0));
  }

  private Page<HistoryEvent> events(
      String namespace, WorkflowExecution run, ByteString token, int maxEvents) {
    GetWorkflowExecutionHistoryResponse response =
        call(
            stub ->
                stub.getWorkflowExecutionHistory(
                    GetWorkflowExecutionHistoryRequest.newBuilder()
                        .setNamespace(namespace)
                        .setExecution(run)
                        .setMaximumPageSize(maxEvents)
                        .setNextPageToken(token)
                        .build()));
    if (response.getRawHistoryCount() == 0) {
      return new Page<>(response.getHistory().getEventsList(), response.getNextPageToken());
    }
    // A server can be configured to return events without decoding them.
    List<HistoryEvent> events = new ArrayList<>();
    for (DataBlob blob : response.getRawHistoryList()) {
      events.addAll(parse(blob).getEventsList());
    }
    return new Page<>(events, response.getNextPageToken());
  }

  private static History parse(DataBlob blob) {
    if (blob.getEncodingType() != EncodingType.ENCODING_TYPE_PROTO3) {
      throw new LifecycleException(
          "The Temporal server returned events in the encoding %s, which is not supported"
              .formatted(blob.getEncodingType()));
    }
    try {
      return History.parseFrom(blob.getData());
    } catch (InvalidProtocolBufferException e) {
      throw new LifecycleException("The Temporal server returned events that can't be parsed", e);
    }
  }

  /**
   * The first event of a run.
   *
   * @throws LifecycleException if the history is empty
   */
  public HistoryEvent firstEvent(String namespace, WorkflowExecution run) {
    Page<HistoryEvent> page = events(namespace, run, ByteString.EMPTY, 1);
    if (page.items().isEmpty()) {
      throw new LifecycleException(
          "The history of workflow '%s' run %s has no events"
              .formatted(run.getWorkflowId(), run.getRunId()));
    }
    return page.items().get(0);
  }

  /** What a run's history lacks, such as the heartbeat details of its pending activities. */
  public DescribeWorkflowExecutionResponse describe(String namespace, WorkflowExecution run) {
    return call(
        stub ->
            stub.describeWorkflowExecution(
                DescribeWorkflowExecutionRequest.newBuilder()
                    .setNamespace(namespace)
                    .setExecution(run)
                    .build()));
  }

  public Page<ScheduleListEntry> schedules(String namespace, ByteString token) {
    ListSchedulesResponse response =
        call(
            stub ->
                stub.listSchedules(
                    ListSchedulesRequest.newBuilder()
                        .setNamespace(namespace)
                        .setMaximumPageSize(PAGE_SIZE)
                        .setNextPageToken(token)
                        .build()));
    return new Page<>(response.getSchedulesList(), response.getNextPageToken());
  }

  public DescribeScheduleResponse describe(String namespace, ScheduleListEntry schedule) {
    return call(
        stub ->
            stub.describeSchedule(
                DescribeScheduleRequest.newBuilder()
                    .setNamespace(namespace)
                    .setScheduleId(schedule.getScheduleId())
                    .build()));
  }

  /** Activities outside of workflows. */
  public Page<ActivityExecutionListInfo> activities(
      String namespace, String query, ByteString token) {
    ListActivityExecutionsResponse response =
        call(
            stub ->
                stub.listActivityExecutions(
                    ListActivityExecutionsRequest.newBuilder()
                        .setNamespace(namespace)
                        .setQuery(query)
                        .setPageSize(PAGE_SIZE)
                        .setNextPageToken(token)
                        .build()));
    return new Page<>(response.getExecutionsList(), response.getNextPageToken());
  }

  public DescribeActivityExecutionResponse describe(
      String namespace, ActivityExecutionListInfo activity) {
    return call(
        stub ->
            stub.describeActivityExecution(
                DescribeActivityExecutionRequest.newBuilder()
                    .setNamespace(namespace)
                    .setActivityId(activity.getActivityId())
                    .setRunId(activity.getRunId())
                    .setIncludeInput(true)
                    .setIncludeOutcome(true)
                    .setIncludeHeartbeatDetails(true)
                    .setIncludeLastFailure(true)
                    .build()));
  }

  /** Nexus operations outside of workflows. */
  public Page<NexusOperationExecutionListInfo> nexusOperations(
      String namespace, String query, ByteString token) {
    ListNexusOperationExecutionsResponse response =
        call(
            stub ->
                stub.listNexusOperationExecutions(
                    ListNexusOperationExecutionsRequest.newBuilder()
                        .setNamespace(namespace)
                        .setQuery(query)
                        .setPageSize(PAGE_SIZE)
                        .setNextPageToken(token)
                        .build()));
    return new Page<>(response.getOperationsList(), response.getNextPageToken());
  }

  public DescribeNexusOperationExecutionResponse describe(
      String namespace, NexusOperationExecutionListInfo operation) {
    return call(
        stub ->
            stub.describeNexusOperationExecution(
                DescribeNexusOperationExecutionRequest.newBuilder()
                    .setNamespace(namespace)
                    .setOperationId(operation.getOperationId())
                    .setRunId(operation.getRunId())
                    .setIncludeInput(true)
                    .setIncludeOutcome(true)
                    .build()));
  }

  /**
   * How long a namespace keeps closed runs.
   *
   * @return zero if the server does not say
   */
  public Duration retention(String namespace) {
    return ProtoTimes.duration(namespace(namespace).getConfig().getWorkflowExecutionRetentionTtl());
  }

  private DescribeNamespaceResponse namespace(String namespace) {
    return call(
        stub ->
            stub.describeNamespace(
                DescribeNamespaceRequest.newBuilder().setNamespace(namespace).build()));
  }

  /** A failure in one line: its code and description, and the root cause's own message. */
  public static String explain(StatusRuntimeException failure) {
    StringBuilder text = new StringBuilder(failure.getStatus().getCode().name());
    String description = failure.getStatus().getDescription();
    if (description != null) {
      text.append(": ").append(description);
    }
    Throwable root = Throwables.getRootCause(failure);
    if (root != failure) {
      text.append(" (").append(root.getMessage()).append(')');
    }
    return text.toString();
  }

  /** What a failure to read a namespace is reported as. */
  public static LifecycleException unreadable(String namespace, StatusRuntimeException failure) {
    return new LifecycleException(
        "Namespace '%s' could not be read from the Temporal server: %s"
            .formatted(namespace, explain(failure)),
        failure);
  }

  /** Whether a failure means that the requested item does not exist, or no longer exists. */
  public static boolean isNotFound(StatusRuntimeException failure) {
    return failure.getStatus().getCode() == Status.Code.NOT_FOUND;
  }

  private <T> T call(Function<WorkflowServiceBlockingStub, T> call) {
    return calls.call(
        () ->
            call.apply(
                service.blockingStub().withDeadlineAfter(TIMEOUT_SECONDS, TimeUnit.SECONDS)));
  }
}
