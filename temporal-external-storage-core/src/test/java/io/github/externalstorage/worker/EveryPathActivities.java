package io.github.externalstorage.worker;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.activity.ActivityInterface;
import io.temporal.failure.ApplicationFailure;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Activities that send a large payload on every path that an activity has. */
@ActivityInterface
public interface EveryPathActivities {

  String process(String input);

  void fail(String details);

  String heartbeat();

  String completeLater();

  /** The implementation. */
  final class Impl implements EveryPathActivities {

    /** The activities that wait to be completed. */
    final BlockingQueue<ActivityInfo> open = new LinkedBlockingQueue<>();

    @Override
    public String process(String input) {
      return LargeText.of(input.startsWith("local") ? "local activity result" : "activity result");
    }

    @Override
    public void fail(String details) {
      throw ApplicationFailure.newNonRetryableFailure("failed", "Expected", LargeText.of(details));
    }

    @Override
    public String heartbeat() {
      ActivityExecutionContext context = Activity.getExecutionContext();
      if (context.getInfo().getAttempt() == 1) {
        context.heartbeat(LargeText.of("heartbeat details"));
        throw ApplicationFailure.newFailure("again", "Expected");
      }
      return context.getHeartbeatDetails(String.class).orElse("");
    }

    @Override
    public String completeLater() {
      ActivityExecutionContext context = Activity.getExecutionContext();
      context.doNotCompleteOnReturn();
      open.add(context.getInfo());
      return "";
    }
  }
}
