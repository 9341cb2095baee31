package io.github.externalstorage.lifecycle.internal.temporal;

import com.google.common.collect.Sets;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.util.Timestamps;
import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Lists what a Temporal server keeps payloads for, one page at a time, and reads the payloads of
 * each. Keeps no state, so that every page can be read by another process. Thread-safe.
 */
public final class PayloadPages {

  /** Whoever receives payloads. */
  public interface Receiver extends Consumer<List<LocatedPayload>> {}

  /** Reads an item. */
  private interface Reader {
    boolean read(Receiver receiver);
  }

  /**
   * Something that has payloads.
   *
   * @param location its location, without an event and a path
   * @param ending how it was closed, if it was a closed workflow run when it was listed; empty if
   *     not. A run is closed twice if its region fails before the other one knows that it is closed
   */
  public record Item(PayloadLocation location, String ending, Reader reader) {

    /** Whether it was a closed workflow run when it was listed. */
    public boolean closed() {
      return !ending.isEmpty();
    }

    /**
     * Reads all payloads, and passes them on in parts.
     *
     * @return whether the history of a run ends with the event that closed the run, so that it
     *     can't change any more
     * @throws StatusRuntimeException if it can't be read; see {@link TemporalServer#isNotFound}
     */
    public boolean read(Receiver receiver) {
      return reader.read(receiver);
    }
  }

  private static final Set<EventType> LAST_EVENTS =
      Sets.immutableEnumSet(
          EnumSet.of(
              EventType.EVENT_TYPE_WORKFLOW_EXECUTION_COMPLETED,
              EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED,
              EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT,
              EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CANCELED,
              EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED,
              EventType.EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW));

  private final TemporalServer server;

  public PayloadPages(TemporalServer server) {
    this.server = server;
  }

  /**
   * Lists a page.
   *
   * @param query which workflow runs, in the syntax of visibility; empty for all, and for what does
   *     not belong to a workflow
   * @param token that of the page before; empty for the first page
   * @param unsupported is called if this version of the server has nothing of the kind
   * @throws StatusRuntimeException if it can't be listed
   */
  public Page<Item> list(
      String namespace, Kind kind, String query, ByteString token, Consumer<Kind> unsupported) {
    return Page.ifSupported(kind, token, next -> list(namespace, kind, query, next), unsupported);
  }

  private Page<Item> list(String namespace, Kind kind, String query, ByteString token) {
    return switch (kind) {
      case WORKFLOW -> server.runs(namespace, query, token).map(info -> run(namespace, info));
      case SCHEDULE ->
          server
              .schedules(namespace, token)
              .map(
                  schedule ->
                      described(
                          PayloadLocation.of(namespace, kind, schedule.getScheduleId(), ""),
                          () -> server.describe(namespace, schedule)));
      case ACTIVITY ->
          server
              .activities(namespace, "", token)
              .map(
                  activity ->
                      described(
                          PayloadLocation.of(
                              namespace, kind, activity.getActivityId(), activity.getRunId()),
                          () -> server.describe(namespace, activity)));
      case NEXUS_OPERATION ->
          server
              .nexusOperations(namespace, "", token)
              .map(
                  operation ->
                      described(
                          PayloadLocation.of(
                              namespace, kind, operation.getOperationId(), operation.getRunId()),
                          () -> server.describe(namespace, operation)));
    };
  }

  private Item run(String namespace, WorkflowExecutionInfo info) {
    WorkflowExecution run = info.getExecution();
    PayloadLocation location =
        PayloadLocation.of(namespace, Kind.WORKFLOW, run.getWorkflowId(), run.getRunId());
    boolean closed = info.hasCloseTime();
    return new Item(
        location,
        closed ? ending(info) : "",
        receiver -> {
          OpenUntil openUntil = OpenUntil.CLOSED;
          if (!closed) {
            // First, since what is pending moves into the history, never back.
            DescribeWorkflowExecutionResponse description = server.describe(namespace, run);
            openUntil = OpenUntil.of(description);
            receiver.accept(LocatedPayload.of(location, description));
          }
          EventType last = EventType.EVENT_TYPE_UNSPECIFIED;
          for (List<HistoryEvent> events : server.history(namespace, run)) {
            if (last == EventType.EVENT_TYPE_UNSPECIFIED && !events.isEmpty()) {
              openUntil = openUntil.withFirst(events.get(0));
            }
            receiver.accept(LocatedPayload.of(location, events, openUntil));
            for (HistoryEvent event : events) {
              last = event.getEventType();
            }
          }
          return LAST_EVENTS.contains(last);
        });
  }

  private static String ending(WorkflowExecutionInfo info) {
    return "%s, %s, %s events"
        .formatted(
            info.getStatus(), Timestamps.toString(info.getCloseTime()), info.getHistoryLength());
  }

  private static Item described(PayloadLocation location, Supplier<? extends Message> description) {
    return new Item(
        location,
        "",
        receiver -> {
          receiver.accept(LocatedPayload.of(location, description.get()));
          return false;
        });
  }
}
