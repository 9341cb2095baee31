package io.github.externalstorage.lifecycle.plan;

import com.google.protobuf.ByteString;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.internal.storage.PayloadDecoder;
import io.github.externalstorage.lifecycle.internal.temporal.Page;
import io.github.externalstorage.lifecycle.internal.temporal.ProtoTimes;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.WorkflowExecutionConfig;
import io.temporal.api.workflow.v1.WorkflowExecutionExtendedInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads the timeouts of what a namespace holds: of everything that is open, and of the newest
 * closed ones. It reads one page at a time, so its memory does not depend on how much there is.
 */
final class TimeoutReader {

  private static final String OPEN = "CloseTime IS NULL";
  private static final String CLOSED = "CloseTime IS NOT NULL";

  private final TemporalServer server;
  private final String namespace;
  private final PayloadDecoder decoder;
  private final NamespaceReport report;
  private final SideBySide threads;

  TimeoutReader(
      TemporalServer server, NamespaceStorage storage, NamespaceReport report, SideBySide threads) {
    this.server = server;
    namespace = storage.getNamespace();
    decoder = new PayloadDecoder(storage);
    this.report = report;
    this.threads = threads;
  }

  /**
   * Reads everything.
   *
   * @param closedRuns how many closed ones of each kind are read at most
   * @throws StatusRuntimeException if the server can't be read completely
   */
  void read(long closedRuns) {
    each(Kind.WORKFLOW, token -> server.runs(namespace, OPEN, token), Long.MAX_VALUE, this::run);
    each(Kind.WORKFLOW, token -> server.runs(namespace, CLOSED, token), closedRuns, this::run);
    ScheduleReader schedules = new ScheduleReader(server, namespace, decoder, report);
    each(
        Kind.SCHEDULE,
        token -> server.schedules(namespace, token),
        Long.MAX_VALUE,
        schedules::schedule);
    StandaloneReader standalone = new StandaloneReader(server, namespace, report);
    for (String query : List.of(OPEN, CLOSED)) {
      long limit = query.equals(OPEN) ? Long.MAX_VALUE : closedRuns;
      each(
          Kind.ACTIVITY,
          token -> server.activities(namespace, query, token),
          limit,
          standalone::activity);
      each(
          Kind.NEXUS_OPERATION,
          token -> server.nexusOperations(namespace, query, token),
          limit,
          standalone::operation);
    }
  }

  private void run(WorkflowExecutionInfo listed) {
    WorkflowExecution run = listed.getExecution();
    DescribeWorkflowExecutionResponse description = server.describe(namespace, run);
    WorkflowExecutionInfo info = description.getWorkflowExecutionInfo();
    PayloadLocation location =
        PayloadLocation.of(namespace, Kind.WORKFLOW, run.getWorkflowId(), run.getRunId());
    Instant start = ProtoTimes.instant(listed.getStartTime());
    WorkflowExecutionConfig config = description.getExecutionConfig();
    Lifetime lifetime =
        new RunTimeouts(
                ProtoTimes.duration(config.getWorkflowExecutionTimeout()),
                ProtoTimes.duration(config.getWorkflowRunTimeout()),
                delay(listed, description.getWorkflowExtendedInfo()))
            .lifetime(() -> new StartedRun(decoder, location, server.firstEvent(namespace, run)));
    report.add(
        location,
        listed.getType().getName(),
        !listed.hasCloseTime() && !info.hasCloseTime(),
        listed.hasStartTime() ? start : null,
        lifetime);
  }

  /** A delayed start, and the time between the start of a run and a reset of it. */
  private static Duration delay(
      WorkflowExecutionInfo listed, WorkflowExecutionExtendedInfo extended) {
    Instant start = ProtoTimes.instant(listed.getStartTime());
    Duration delay = Duration.ZERO;
    if (listed.hasExecutionTime()) {
      delay = Duration.between(start, ProtoTimes.instant(listed.getExecutionTime()));
    }
    if (extended.hasOriginalStartTime()) {
      delay =
          delay.plus(
              notNegative(
                  Duration.between(ProtoTimes.instant(extended.getOriginalStartTime()), start)));
    }
    return notNegative(delay);
  }

  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  private <T> void each(
      Kind kind, Function<ByteString, Page<T>> pages, long limit, Consumer<T> read) {
    long left = limit;
    Iterator<List<T>> iterator =
        Page.<T>all(token -> Page.ifSupported(kind, token, pages, report::unsupported)).iterator();
    while (left > 0 && iterator.hasNext()) {
      List<T> page = iterator.next();
      List<T> items = page.subList(0, (int) Math.min(left, page.size()));
      threads.each(items, item -> ifPresent(item, read));
      left -= items.size();
    }
  }

  /** It may have been deleted since it was listed. */
  private static <T> void ifPresent(T item, Consumer<T> read) {
    try {
      read.accept(item);
    } catch (StatusRuntimeException e) {
      if (!TemporalServer.isNotFound(e)) {
        throw e;
      }
    }
  }
}
