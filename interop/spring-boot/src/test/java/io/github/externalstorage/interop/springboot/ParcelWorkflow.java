package io.github.externalstorage.interop.springboot;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** Delivers its input to the inbox, and returns it. */
@WorkflowInterface
public interface ParcelWorkflow {

  @WorkflowMethod(name = "Parcel")
  String run(String parcel);

  /** The implementation. */
  class Impl implements ParcelWorkflow {

    private final InboxActivities inbox =
        Workflow.newActivityStub(
            InboxActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public String run(String parcel) {
      return inbox.receive(parcel);
    }
  }
}
