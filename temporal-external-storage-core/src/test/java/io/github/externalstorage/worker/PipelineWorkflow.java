package io.github.externalstorage.worker;

import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;

/**
 * Three large payloads: an activity's result, which is another activity's input, and the workflow's
 * own result.
 */
@WorkflowInterface
public interface PipelineWorkflow {

  /** The result of every run. */
  String RESULT = LargeText.of("pipeline result");

  /** Runs the activities, each at most the given number of times. */
  @WorkflowMethod(name = "Pipeline")
  String run(int maximumAttempts);

  /** The large result of the first activity. */
  @QueryMethod
  String product();

  /** The implementation. */
  final class Impl implements PipelineWorkflow {

    private String product = "";

    @Override
    public String run(int maximumAttempts) {
      PipelineActivities activities =
          Workflow.newActivityStub(
              PipelineActivities.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofMinutes(1))
                  .setRetryOptions(
                      RetryOptions.newBuilder()
                          .setInitialInterval(Duration.ofMillis(1))
                          .setMaximumAttempts(maximumAttempts)
                          .build())
                  .build());
      product = activities.produce();
      activities.consume(product);
      return RESULT;
    }

    @Override
    public String product() {
      return product;
    }
  }
}
