package io.github.externalstorage.s3;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/**
 * Stores in an activity, retrieves and stores in a workflow task, and retrieves in another
 * activity.
 */
@WorkflowInterface
public interface ParcelWorkflow {

  /** Returns the content that the second activity received. */
  @WorkflowMethod
  int run();

  /** The activities that pass a payload on. */
  @ActivityInterface
  interface Activities {

    String pack();

    int unpack(String parcel);
  }

  /** Workflow code. */
  final class Impl implements ParcelWorkflow {

    static final String LABEL = "fragile";

    private final Activities activities =
        Workflow.newActivityStub(
            Activities.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .setRetryOptions(
                    RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(1)).build())
                .build());

    @Override
    public int run() {
      String content = activities.pack();
      // Makes another workflow task store, so that each task can fail for only one reason.
      Workflow.sleep(Duration.ofMillis(1));
      return activities.unpack(LABEL + content);
    }
  }

  /** Activity code. */
  final class ActivitiesImpl implements Activities {

    private static final String CONTENT = "x".repeat(300 * 1024);

    /** The result of each run if nothing is lost. */
    static final int RESULT = (Impl.LABEL + CONTENT).hashCode();

    @Override
    public String pack() {
      return CONTENT;
    }

    @Override
    public int unpack(String parcel) {
      return parcel.hashCode();
    }
  }
}
