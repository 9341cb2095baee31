package io.github.externalstorage.benchmarks.workflows;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** Does not keep references to the payloads. */
public final class PayloadsWorkflowImpl implements PayloadsWorkflow {

  private final PayloadActivities activities =
      Workflow.newActivityStub(
          PayloadActivities.class,
          ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

  @Override
  public long fetchAll(int count, int size) {
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += activities.fetch(i, size).length;
    }
    return bytes;
  }
}
