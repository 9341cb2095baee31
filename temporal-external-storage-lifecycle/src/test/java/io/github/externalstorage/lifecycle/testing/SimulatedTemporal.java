package io.github.externalstorage.lifecycle.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.activity.v1.ActivityExecutionListInfo;
import io.temporal.api.common.v1.WorkflowExecution;
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
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
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
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Temporal server in the process, whose namespaces and runs change while it is called. It lists
 * runs as a real one does: open ones first, the latest first, continuing after the last one of the
 * page before.
 */
public final class SimulatedTemporal extends WorkflowServiceImplBase implements AutoCloseable {

  private static final Pattern CLOSED_SINCE = Pattern.compile("CloseTime >= '([^']+)'");

  /** A workflow run. */
  public static final class Run {
    public final String workflowId;
    public final String runId;
    public final Instant startedAt;
    public final List<HistoryEvent> events = new ArrayList<>();
    public @Nullable Instant closedAt;
    public DescribeWorkflowExecutionResponse description =
        DescribeWorkflowExecutionResponse.getDefaultInstance();

    public Run(String workflowId, Instant startedAt) {
      this.workflowId = workflowId;
      runId = "run-of-" + workflowId;
      this.startedAt = startedAt;
    }

    public boolean isOpen() {
      return closedAt == null;
    }

    private String position() {
      String close = closedAt == null ? "~" : sortable(closedAt);
      return close + sortable(startedAt) + runId;
    }

    private static String sortable(Instant time) {
      return "%019d".formatted(time.toEpochMilli());
    }
  }

  /** What a namespace has. */
  public static final class Namespace {
    public final String id;
    public final List<Run> runs = new ArrayList<>();
    public final Map<String, DescribeScheduleResponse> schedules = new TreeMap<>();
    public final Map<String, DescribeActivityExecutionResponse> activities = new TreeMap<>();
    public final Map<String, DescribeNexusOperationExecutionResponse> operations = new TreeMap<>();

    public Namespace(String id) {
      this.id = id;
    }
  }

  public final Map<String, Namespace> namespaces = new LinkedHashMap<>();
  public final List<String> calls = new ArrayList<>();
  public final WorkflowServiceStubs service;
  public int pageSize = 3;
  private final Server server;
  private final ManagedChannel channel;
  private Function<Integer, Status> faults = call -> Status.OK;
  private Runnable beforeCall = () -> {};

  public SimulatedTemporal() {
    String name = UUID.randomUUID().toString();
    server = InProcessServerBuilder.forName(name).addService(this).build();
    try {
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    channel = InProcessChannelBuilder.forName(name).build();
    service =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setChannel(channel).build());
  }

  public synchronized Namespace add(String namespace) {
    return namespaces.computeIfAbsent(namespace, absent -> new Namespace("id of " + namespace));
  }

  /** Decides for each call, by its number from 0 on, whether it fails. */
  public synchronized void setFaults(Function<Integer, Status> statusOfCall) {
    faults = statusOfCall;
  }

  /** Is called before each call is served. */
  public synchronized void setBeforeCall(Runnable change) {
    beforeCall = change;
  }

  @Override
  public void getSystemInfo(
      GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> observer) {
    observer.onNext(GetSystemInfoResponse.getDefaultInstance());
    observer.onCompleted();
  }

  @Override
  public void describeNamespace(
      DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> observer) {
    send(
        "describe namespace",
        request.getNamespace(),
        observer,
        namespace ->
            DescribeNamespaceResponse.newBuilder()
                .setNamespaceInfo(NamespaceInfo.newBuilder().setId(namespace.id))
                .build());
  }

  @Override
  public void listWorkflowExecutions(
      ListWorkflowExecutionsRequest request,
      StreamObserver<ListWorkflowExecutionsResponse> observer) {
    send(
        "list runs " + request.getQuery(),
        request.getNamespace(),
        observer,
        namespace -> {
          String last = request.getNextPageToken().toStringUtf8();
          List<Run> rest =
              namespace.runs.stream()
                  .filter(filter(request.getQuery()))
                  .filter(run -> last.isEmpty() || run.position().compareTo(last) < 0)
                  .sorted(Comparator.comparing(Run::position).reversed())
                  .toList();
          List<Run> page = rest.subList(0, Math.min(pageSize, rest.size()));
          ListWorkflowExecutionsResponse.Builder response =
              ListWorkflowExecutionsResponse.newBuilder();
          page.forEach(run -> response.addExecutions(info(run)));
          if (page.size() < rest.size()) {
            response.setNextPageToken(
                ByteString.copyFromUtf8(page.get(page.size() - 1).position()));
          }
          return response.build();
        });
  }

  private static Predicate<Run> filter(String query) {
    if (query.isEmpty()) {
      return run -> true;
    }
    if (query.equals("CloseTime IS NULL")) {
      return Run::isOpen;
    }
    Matcher closedSince = CLOSED_SINCE.matcher(query);
    if (!closedSince.matches()) {
      throw new IllegalArgumentException(query);
    }
    Instant since = Instant.parse(closedSince.group(1));
    return run -> run.closedAt != null && !run.closedAt.isBefore(since);
  }

  private static WorkflowExecutionInfo info(Run run) {
    WorkflowExecutionInfo.Builder info =
        WorkflowExecutionInfo.newBuilder()
            .setExecution(
                WorkflowExecution.newBuilder().setWorkflowId(run.workflowId).setRunId(run.runId));
    if (run.closedAt != null) {
      info.setCloseTime(Timestamps.fromMillis(run.closedAt.toEpochMilli()));
    }
    return info.build();
  }

  @Override
  public void getWorkflowExecutionHistory(
      GetWorkflowExecutionHistoryRequest request,
      StreamObserver<GetWorkflowExecutionHistoryResponse> observer) {
    send(
        "history",
        request.getNamespace(),
        observer,
        namespace -> {
          Run run = find(namespace, request.getExecution());
          if (run == null) {
            return null;
          }
          List<HistoryEvent> page = page(run.events, request.getNextPageToken());
          return GetWorkflowExecutionHistoryResponse.newBuilder()
              .setHistory(History.newBuilder().addAllEvents(page))
              .setNextPageToken(next(run.events, request.getNextPageToken()))
              .build();
        });
  }

  @Override
  public void describeWorkflowExecution(
      DescribeWorkflowExecutionRequest request,
      StreamObserver<DescribeWorkflowExecutionResponse> observer) {
    send(
        "describe run",
        request.getNamespace(),
        observer,
        namespace -> {
          Run run = find(namespace, request.getExecution());
          return run == null ? null : run.description;
        });
  }

  private static @Nullable Run find(Namespace namespace, WorkflowExecution execution) {
    return namespace.runs.stream()
        .filter(run -> run.runId.equals(execution.getRunId()))
        .findFirst()
        .orElse(null);
  }

  @Override
  public void listSchedules(
      ListSchedulesRequest request, StreamObserver<ListSchedulesResponse> observer) {
    send(
        "list schedules",
        request.getNamespace(),
        observer,
        namespace -> {
          List<String> ids = List.copyOf(namespace.schedules.keySet());
          ListSchedulesResponse.Builder response = ListSchedulesResponse.newBuilder();
          for (String id : page(ids, request.getNextPageToken())) {
            response.addSchedules(ScheduleListEntry.newBuilder().setScheduleId(id));
          }
          return response.setNextPageToken(next(ids, request.getNextPageToken())).build();
        });
  }

  @Override
  public void describeSchedule(
      DescribeScheduleRequest request, StreamObserver<DescribeScheduleResponse> observer) {
    send(
        "describe schedule",
        request.getNamespace(),
        observer,
        namespace -> namespace.schedules.get(request.getScheduleId()));
  }

  @Override
  public void listActivityExecutions(
      ListActivityExecutionsRequest request,
      StreamObserver<ListActivityExecutionsResponse> observer) {
    send(
        "list activities",
        request.getNamespace(),
        observer,
        namespace -> {
          List<String> ids = List.copyOf(namespace.activities.keySet());
          ListActivityExecutionsResponse.Builder response =
              ListActivityExecutionsResponse.newBuilder();
          for (String id : page(ids, request.getNextPageToken())) {
            response.addExecutions(ActivityExecutionListInfo.newBuilder().setActivityId(id));
          }
          return response.setNextPageToken(next(ids, request.getNextPageToken())).build();
        });
  }

  @Override
  public void describeActivityExecution(
      DescribeActivityExecutionRequest request,
      StreamObserver<DescribeActivityExecutionResponse> observer) {
    send(
        "describe activity",
        request.getNamespace(),
        observer,
        namespace -> namespace.activities.get(request.getActivityId()));
  }

  @Override
  public void listNexusOperationExecutions(
      ListNexusOperationExecutionsRequest request,
      StreamObserver<ListNexusOperationExecutionsResponse> observer) {
    send(
        "list operations",
        request.getNamespace(),
        observer,
        namespace -> {
          List<String> ids = List.copyOf(namespace.operations.keySet());
          ListNexusOperationExecutionsResponse.Builder response =
              ListNexusOperationExecutionsResponse.newBuilder();
          for (String id : page(ids, request.getNextPageToken())) {
            response.addOperations(NexusOperationExecutionListInfo.newBuilder().setOperationId(id));
          }
          return response.setNextPageToken(next(ids, request.getNextPageToken())).build();
        });
  }

  @Override
  public void describeNexusOperationExecution(
      DescribeNexusOperationExecutionRequest request,
      StreamObserver<DescribeNexusOperationExecutionResponse> observer) {
    send(
        "describe operation",
        request.getNamespace(),
        observer,
        namespace -> namespace.operations.get(request.getOperationId()));
  }

  private synchronized <T extends Message> void send(
      String call,
      String namespace,
      StreamObserver<T> observer,
      Function<Namespace, @Nullable T> handler) {
    int number = calls.size();
    calls.add(call);
    beforeCall.run();
    Status status = faults.apply(number);
    T response = null;
    if (status.isOk()) {
      Namespace found = namespaces.get(namespace);
      response = found == null ? null : handler.apply(found);
      if (response == null) {
        status = Status.NOT_FOUND;
      }
    }
    if (!status.isOk() || response == null) {
      observer.onError(status.asRuntimeException());
      return;
    }
    observer.onNext(response);
    observer.onCompleted();
  }

  private <T> List<T> page(List<T> items, ByteString token) {
    int start = start(token);
    return items.subList(Math.min(start, items.size()), Math.min(start + pageSize, items.size()));
  }

  private ByteString next(List<?> items, ByteString token) {
    int end = start(token) + pageSize;
    return end < items.size() ? ByteString.copyFromUtf8(Integer.toString(end)) : ByteString.EMPTY;
  }

  private static int start(ByteString token) {
    return token.isEmpty() ? 0 : Integer.parseInt(token.toStringUtf8());
  }

  @Override
  public void close() {
    service.shutdownNow();
    channel.shutdownNow();
    server.shutdownNow();
  }
}
