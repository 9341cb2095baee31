package io.github.externalstorage.interop.everypath;

import io.temporal.client.ActivityClient;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleClient;
import java.util.Map;

/**
 * Sends cargo along every path that begins in a client, and checks what comes back.
 *
 * @param taskQueue also the name of the Nexus endpoint
 * @param run in the name of everything that is started
 */
public record EveryPathStarter(
    WorkflowClient workflows,
    ScheduleClient schedules,
    ActivityClient activities,
    String taskQueue,
    String run) {

  /** Uses all paths. */
  public void start() {
    createNexusEndpoint();
    new Calls(this).go();
    new Starts(this).go();
    new StandaloneActivities(this).go();
  }

  /** Creates the Nexus endpoint of the task queue, which leads to the namespace of this starter. */
  public void createNexusEndpoint() {
    NexusEndpoint.make(this);
  }

  /** Starts a workflow that stays open, with an activity that has heartbeat details. */
  public void leaveOpen() {
    new Calls(this).leaveOpen();
  }

  /** Creates a paused schedule that has not started a workflow yet. */
  public void scheduleForLater() {
    new Starts(this).scheduleForLater();
  }

  Cargo cargo(String path) {
    return Cargo.of(run, path);
  }

  String id(String suffix) {
    return "every-path-" + run + suffix;
  }

  <T> T newStub(Class<T> workflow, WorkflowOptions options) {
    return workflows.newWorkflowStub(workflow, options);
  }

  WorkflowOptions options(String idSuffix, Map<String, Object> memo) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id(idSuffix))
        .setTaskQueue(taskQueue)
        .setMemo(memo)
        .build();
  }
}
