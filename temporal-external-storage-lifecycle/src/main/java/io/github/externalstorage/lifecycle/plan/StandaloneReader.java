package io.github.externalstorage.lifecycle.plan;

import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.internal.temporal.ProtoTimes;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.temporal.api.activity.v1.ActivityExecutionInfo;
import io.temporal.api.activity.v1.ActivityExecutionListInfo;
import io.temporal.api.nexus.v1.NexusOperationExecutionInfo;
import io.temporal.api.nexus.v1.NexusOperationExecutionListInfo;
import java.time.Duration;

/** Reads how long activities and Nexus operations outside of workflows can be open. */
final class StandaloneReader {

  private final TemporalServer server;
  private final String namespace;
  private final NamespaceReport report;

  StandaloneReader(TemporalServer server, String namespace, NamespaceReport report) {
    this.server = server;
    this.namespace = namespace;
    this.report = report;
  }

  void activity(ActivityExecutionListInfo listed) {
    ActivityExecutionInfo info = server.describe(namespace, listed).getInfo();
    Duration delay = Duration.ZERO;
    if (info.hasScheduleTime() && info.hasExpirationTime()) {
      // A delayed start is not part of the timeout.
      delay =
          Duration.between(
                  ProtoTimes.instant(info.getScheduleTime()),
                  ProtoTimes.instant(info.getExpirationTime()))
              .minus(ProtoTimes.duration(info.getScheduleToCloseTimeout()));
    }
    report.add(
        PayloadLocation.of(namespace, Kind.ACTIVITY, listed.getActivityId(), listed.getRunId()),
        info.getActivityType().getName(),
        !info.hasCloseTime(),
        info.hasScheduleTime() ? ProtoTimes.instant(info.getScheduleTime()) : null,
        lifetime(
            ProtoTimes.duration(info.getScheduleToCloseTimeout()),
            delay.isNegative() ? Duration.ZERO : delay));
  }

  void operation(NexusOperationExecutionListInfo listed) {
    NexusOperationExecutionInfo info = server.describe(namespace, listed).getInfo();
    report.add(
        PayloadLocation.of(
            namespace, Kind.NEXUS_OPERATION, listed.getOperationId(), listed.getRunId()),
        info.getService() + "/" + info.getOperation(),
        !info.hasCloseTime(),
        info.hasScheduleTime() ? ProtoTimes.instant(info.getScheduleTime()) : null,
        lifetime(ProtoTimes.duration(info.getScheduleToCloseTimeout()), Duration.ZERO));
  }

  private static Lifetime lifetime(Duration scheduleToClose, Duration delay) {
    return scheduleToClose.isZero()
        ? Lifetime.unlimited(PlanObstacle.Reason.NO_SCHEDULE_TO_CLOSE_TIMEOUT)
        : Lifetime.atMost(scheduleToClose.plus(delay));
  }
}
