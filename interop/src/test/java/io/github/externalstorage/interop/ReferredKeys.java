package io.github.externalstorage.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.toCollection;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeActivityExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListActivityExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/** Which keys stand anywhere in what Temporal has: searches for the text of the key only. */
final class ReferredKeys {

  private static final int PAGE_SIZE = 1000;

  private final WorkflowServiceBlockingStub temporal;
  private final StringBuilder found = new StringBuilder();

  ReferredKeys(WorkflowServiceBlockingStub temporal) {
    this.temporal = temporal;
  }

  /** Those of these keys that a namespace has. */
  Set<String> among(Collection<String> keys, Collection<String> namespaces) {
    namespaces.forEach(this::read);
    return keys.stream().filter(key -> found.indexOf(key) >= 0).collect(toCollection(TreeSet::new));
  }

  private void read(String namespace) {
    temporal
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace(namespace)
                .setPageSize(PAGE_SIZE)
                .build())
        .getExecutionsList()
        .forEach(run -> readRun(namespace, run.getExecution()));
    temporal
        .listSchedules(
            ListSchedulesRequest.newBuilder()
                .setNamespace(namespace)
                .setMaximumPageSize(PAGE_SIZE)
                .build())
        .getSchedulesList()
        .forEach(
            schedule ->
                add(
                    temporal.describeSchedule(
                        DescribeScheduleRequest.newBuilder()
                            .setNamespace(namespace)
                            .setScheduleId(schedule.getScheduleId())
                            .build())));
    temporal
        .listActivityExecutions(
            ListActivityExecutionsRequest.newBuilder()
                .setNamespace(namespace)
                .setPageSize(PAGE_SIZE)
                .build())
        .getExecutionsList()
        .forEach(
            activity ->
                add(
                    temporal.describeActivityExecution(
                        DescribeActivityExecutionRequest.newBuilder()
                            .setNamespace(namespace)
                            .setActivityId(activity.getActivityId())
                            .setRunId(activity.getRunId())
                            .setIncludeInput(true)
                            .setIncludeOutcome(true)
                            .setIncludeHeartbeatDetails(true)
                            .setIncludeLastFailure(true)
                            .build())));
  }

  private void readRun(String namespace, WorkflowExecution run) {
    add(
        temporal.describeWorkflowExecution(
            DescribeWorkflowExecutionRequest.newBuilder()
                .setNamespace(namespace)
                .setExecution(run)
                .build()));
    ByteString token = ByteString.EMPTY;
    do {
      GetWorkflowExecutionHistoryResponse page =
          temporal.getWorkflowExecutionHistory(
              GetWorkflowExecutionHistoryRequest.newBuilder()
                  .setNamespace(namespace)
                  .setExecution(run)
                  .setNextPageToken(token)
                  .build());
      add(page);
      token = page.getNextPageToken();
    } while (!token.isEmpty());
  }

  private void add(Message message) {
    found.append(message.toByteString().toString(ISO_8859_1));
  }
}
