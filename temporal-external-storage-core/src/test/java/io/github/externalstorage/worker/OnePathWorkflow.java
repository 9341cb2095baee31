package io.github.externalstorage.worker;

import io.temporal.activity.ActivityOptions;
import io.temporal.activity.LocalActivityOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/** A workflow that sends one large payload on the requested path. */
@WorkflowInterface
public interface OnePathWorkflow {

  /** The path of the payload. */
  enum Path {
    ACTIVITY_INPUT,
    ACTIVITY_RESULT,
    ACTIVITY_FAILURE,
    LOCAL_ACTIVITY_RESULT,
    LOCAL_ACTIVITY_FAILURE,
    CHILD_INPUT,
    CONTINUE_AS_NEW,
    WORKFLOW_RESULT,
    WORKFLOW_FAILURE
  }

  @WorkflowMethod(name = "OnePath")
  String run(Path path);

  /** The implementation. */
  final class Impl implements OnePathWorkflow {

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final EveryPathActivities activities =
        Workflow.newActivityStub(
            EveryPathActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(TIMEOUT).build());
    private final EveryPathActivities localActivities =
        Workflow.newLocalActivityStub(
            EveryPathActivities.class,
            LocalActivityOptions.newBuilder().setStartToCloseTimeout(TIMEOUT).build());

    @Override
    public String run(Path path) {
      switch (path) {
        case ACTIVITY_INPUT -> activities.process(LargeText.of("activity input"));
        case ACTIVITY_RESULT -> activities.process("");
        case ACTIVITY_FAILURE -> activities.fail("details of " + path);
        case LOCAL_ACTIVITY_RESULT -> localActivities.process("");
        case LOCAL_ACTIVITY_FAILURE -> localActivities.fail("details of " + path);
        case CHILD_INPUT ->
            Workflow.newChildWorkflowStub(ChildWorkflow.class).run(LargeText.of("child input"));
        case CONTINUE_AS_NEW -> Workflow.continueAsNew(LargeText.of("continue-as-new"));
        case WORKFLOW_RESULT -> {
          return LargeText.of("workflow result");
        }
        case WORKFLOW_FAILURE ->
            throw ApplicationFailure.newFailure(
                "failed", "Expected", LargeText.of("details of " + path));
      }
      return "";
    }
  }
}
