package io.github.externalstorage.benchmarks.garbage;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.github.externalstorage.reference.StorageReference;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListSchedulesRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A Temporal server whose histories are made up when they are read. One run in twenty is open. The
 * runs share nine of ten objects among them.
 */
final class GeneratedServer extends WorkflowServiceImplBase implements AutoCloseable {

  private static final int PAGE_SIZE = 100;

  private final GeneratedBucket bucket;
  private final int runs;
  private final Server server;
  private final WorkflowServiceStubs stubs;
  private final AtomicLong calls = new AtomicLong();

  GeneratedServer(GeneratedBucket bucket, int runs) throws IOException {
    this.bucket = bucket;
    this.runs = runs;
    server =
        Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
            .addService(this)
            .build()
            .start();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder()
                .setTarget("127.0.0.1:" + server.getPort())
                .build());
  }

  WorkflowServiceStubs stubs() {
    return stubs;
  }

  long calls() {
    return calls.get();
  }

  private static boolean isOpen(int run) {
    return run % 20 == 0;
  }

  @Override
  public void listWorkflowExecutions(
      ListWorkflowExecutionsRequest request,
      StreamObserver<ListWorkflowExecutionsResponse> observer) {
    int first =
        request.getNextPageToken().isEmpty()
            ? 0
            : Integer.parseInt(request.getNextPageToken().toStringUtf8());
    ListWorkflowExecutionsResponse.Builder response = ListWorkflowExecutionsResponse.newBuilder();
    boolean onlyOpen = request.getQuery().equals("CloseTime IS NULL");
    int run = first;
    // None was closed lately.
    int end = request.getQuery().startsWith("CloseTime >=") ? 0 : runs;
    for (; run < end && response.getExecutionsCount() < PAGE_SIZE; run++) {
      if (isOpen(run) || !onlyOpen) {
        response.addExecutions(info(run));
      }
    }
    if (run < end) {
      response.setNextPageToken(ByteString.copyFromUtf8(Integer.toString(run)));
    }
    send(observer, response.build());
  }

  private static WorkflowExecutionInfo info(int run) {
    WorkflowExecutionInfo.Builder info =
        WorkflowExecutionInfo.newBuilder()
            .setExecution(
                WorkflowExecution.newBuilder()
                    .setWorkflowId("order-" + run)
                    .setRunId(Integer.toString(run)));
    if (!isOpen(run)) {
      info.setCloseTime(Timestamps.fromMillis(GeneratedBucket.WRITTEN_AT.toEpochMilli()));
    }
    return info.build();
  }

  @Override
  public void getWorkflowExecutionHistory(
      GetWorkflowExecutionHistoryRequest request,
      StreamObserver<GetWorkflowExecutionHistoryResponse> observer) {
    int run = Integer.parseInt(request.getExecution().getRunId());
    Payloads.Builder input = Payloads.newBuilder();
    for (long number = run; number < bucket.objects(); number += runs) {
      if (number * 10 < bucket.objects() * 9) {
        input.addPayloads(
            new StorageReference("generated", GeneratedBucket.claim(number), 400_000).toPayload());
      }
    }
    History.Builder history =
        History.newBuilder()
            .addEvents(
                HistoryEvent.newBuilder()
                    .setEventId(1)
                    .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED)
                    .setWorkflowExecutionStartedEventAttributes(
                        WorkflowExecutionStartedEventAttributes.newBuilder().setInput(input)));
    if (!isOpen(run)) {
      history.addEvents(
          HistoryEvent.newBuilder()
              .setEventId(2)
              .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED));
    }
    send(observer, GetWorkflowExecutionHistoryResponse.newBuilder().setHistory(history).build());
  }

  @Override
  public void describeWorkflowExecution(
      DescribeWorkflowExecutionRequest request,
      StreamObserver<DescribeWorkflowExecutionResponse> observer) {
    send(observer, DescribeWorkflowExecutionResponse.getDefaultInstance());
  }

  @Override
  public void describeNamespace(
      DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> observer) {
    send(observer, DescribeNamespaceResponse.getDefaultInstance());
  }

  @Override
  public void listSchedules(
      ListSchedulesRequest request, StreamObserver<ListSchedulesResponse> observer) {
    calls.incrementAndGet();
    observer.onError(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public void getSystemInfo(
      GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> observer) {
    send(observer, GetSystemInfoResponse.getDefaultInstance());
  }

  private <T extends Message> void send(StreamObserver<T> observer, T response) {
    calls.incrementAndGet();
    observer.onNext(response);
    observer.onCompleted();
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    server.shutdownNow();
  }
}
