package io.github.externalstorage.interop.everypath;

import io.temporal.client.StartActivityOptions;
import io.temporal.common.RetryOptions;
import java.time.Duration;

/** Activities that no workflow calls. */
final class StandaloneActivities {

  private final EveryPathStarter starter;

  StandaloneActivities(EveryPathStarter starter) {
    this.starter = starter;
  }

  void go() {
    starter
        .activities()
        .execute(
            EveryPathActivities.class,
            EveryPathActivities::exchange,
            options("-activity"),
            starter.cargo("standalone-activity-input"))
        .expect("standalone-activity-result");
    starter
        .activities()
        .execute(
            EveryPathActivities.class,
            EveryPathActivities::heartbeat,
            options("-heartbeat-activity"),
            new Step(starter.run(), "standalone-heartbeat-details"));
    new Step(starter.run(), "standalone-failure-details").expectFailure(this::fail);
  }

  private void fail(Step step) {
    starter
        .activities()
        .execute(
            EveryPathActivities.class,
            EveryPathActivities::fail,
            options("-failing-activity"),
            step);
  }

  private StartActivityOptions options(String idSuffix) {
    return StartActivityOptions.newBuilder()
        .setId(starter.id(idSuffix))
        .setTaskQueue(starter.taskQueue())
        .setStartToCloseTimeout(Duration.ofMinutes(1))
        .setRetryOptions(RetryOptions.newBuilder().setInitialInterval(Duration.ofMillis(1)).build())
        .build();
  }
}
