package io.github.externalstorage.interop;

import io.github.externalstorage.interop.everypath.Waiting;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DeleteActivityExecutionRequest;
import io.temporal.api.workflowservice.v1.DeleteScheduleRequest;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.ListActivityExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Deletes what a namespace has, and waits until it is gone. */
final class TemporalItems {

  private final WorkflowServiceBlockingStub temporal;
  private final String namespace;

  TemporalItems(WorkflowServiceBlockingStub temporal, String namespace) {
    this.temporal = temporal;
    this.namespace = namespace;
  }

  /** The listed runs of a workflow. */
  List<WorkflowExecutionInfo> runs(String workflowId) {
    return runs(run -> run.getExecution().getWorkflowId().equals(workflowId));
  }

  private List<WorkflowExecutionInfo> runs(Predicate<WorkflowExecutionInfo> condition) {
    return temporal
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace(namespace)
                .setPageSize(1000)
                .build())
        .getExecutionsList()
        .stream()
        .filter(condition)
        .toList();
  }

  /** Deletes all runs of workflows. */
  void deleteRuns(String... workflowIds) {
    for (String workflowId : workflowIds) {
      deleteRuns(run -> run.getExecution().getWorkflowId().equals(workflowId));
    }
  }

  /** Deletes the runs of a workflow that were continued. */
  void deleteContinuedRuns(String workflowId) {
    deleteRuns(
        run ->
            run.getExecution().getWorkflowId().equals(workflowId)
                && run.getStatus()
                    == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CONTINUED_AS_NEW);
  }

  void deleteRun(WorkflowExecution execution) {
    deleteRuns(run -> run.getExecution().equals(execution));
  }

  private void deleteRuns(Predicate<WorkflowExecutionInfo> condition) {
    List<WorkflowExecutionInfo> listed =
        Waiting.until(
            "the runs are listed",
            () -> Optional.of(runs(condition)).filter(runs -> !runs.isEmpty()));
    listed.forEach(
        run -> {
          var unused =
              temporal.deleteWorkflowExecution(
                  DeleteWorkflowExecutionRequest.newBuilder()
                      .setNamespace(namespace)
                      .setWorkflowExecution(run.getExecution())
                      .build());
        });
    Waiting.until("the runs are deleted", () -> runs(condition).isEmpty());
  }

  /** Deletes the workflows, schedules and activities whose ids begin like this. */
  void deleteAll(String prefix) {
    deleteRuns(run -> run.getExecution().getWorkflowId().startsWith(prefix));
    schedules(prefix)
        .forEach(
            id -> {
              var unused =
                  temporal.deleteSchedule(
                      DeleteScheduleRequest.newBuilder()
                          .setNamespace(namespace)
                          .setScheduleId(id)
                          .build());
            });
    activities(prefix)
        .forEach(
            id -> {
              var unused =
                  temporal.deleteActivityExecution(
                      DeleteActivityExecutionRequest.newBuilder()
                          .setNamespace(namespace)
                          .setActivityId(id)
                          .build());
            });
    Waiting.until(
        "schedules and activities are deleted",
        () -> schedules(prefix).isEmpty() && activities(prefix).isEmpty());
  }

  private List<String> schedules(String prefix) {
    return temporal
        .listSchedules(ListSchedulesRequest.newBuilder().setNamespace(namespace).build())
        .getSchedulesList()
        .stream()
        .map(schedule -> schedule.getScheduleId())
        .filter(id -> id.startsWith(prefix))
        .toList();
  }

  private List<String> activities(String prefix) {
    return temporal
        .listActivityExecutions(
            ListActivityExecutionsRequest.newBuilder().setNamespace(namespace).build())
        .getExecutionsList()
        .stream()
        .map(activity -> activity.getActivityId())
        .filter(id -> id.startsWith(prefix))
        .toList();
  }

  /** The event with which a run's first workflow task ended. */
  long firstWorkflowTaskEnd(WorkflowExecution run) {
    return temporal
        .getWorkflowExecutionHistory(
            GetWorkflowExecutionHistoryRequest.newBuilder()
                .setNamespace(namespace)
                .setExecution(run)
                .build())
        .getHistory()
        .getEventsList()
        .stream()
        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)
        .mapToLong(HistoryEvent::getEventId)
        .findFirst()
        .orElseThrow();
  }
}
