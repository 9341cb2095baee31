package io.github.externalstorage.interop.everypath;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.failure.ApplicationFailure;

/** See {@link EveryPathActivities}. */
public final class EveryPathActivitiesImpl implements EveryPathActivities {

  @Override
  public Cargo exchange(Cargo cargo) {
    return cargo.toResult();
  }

  @Override
  public void heartbeat(Step step) {
    ActivityExecutionContext context = Activity.getExecutionContext();
    if (context.getInfo().getAttempt() == 1) {
      context.heartbeat(step.cargo());
      throw ApplicationFailure.newFailure("The next attempt reads the details", "OnPurpose");
    }
    context.getHeartbeatDetails(Cargo.class).orElseThrow().expect(step.path());
  }

  @Override
  public void fail(Step step) {
    throw ApplicationFailure.newNonRetryableFailure("On purpose", "OnPurpose", step.cargo());
  }

  @Override
  public Cargo completeLater(Step step) {
    Activity.getExecutionContext().doNotCompleteOnReturn();
    return step.cargo();
  }
}
