package io.github.externalstorage.lifecycle;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.TemporalServer.Page;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Visits every payload that a Temporal server keeps for a namespace: those in the histories of all
 * runs, and those that histories lack. It reads one page of runs at a time, and several runs of it
 * side by side, so its memory does not depend on the number of runs.
 */
final class PayloadWalk {

  /** Called from several threads at once. */
  interface Visitor {

    /** Some payloads of one run, schedule, activity or operation. */
    void visit(List<LocatedPayload> payloads);

    /** All payloads of one of them were visited. */
    void visited(Kind kind);

    /** It was deleted after it was listed. */
    void vanished(Kind kind);

    /** This version of the server does not support it. */
    void unsupported(Kind kind);
  }

  private final TemporalServer server;
  private final int concurrency;

  /**
   * @param concurrency how many runs are read side by side
   */
  PayloadWalk(TemporalServer server, int concurrency) {
    this.server = server;
    this.concurrency = concurrency;
  }

  /**
   * Visits the payloads of a namespace.
   *
   * @param query a query of workflow runs in the syntax of visibility; empty for everything, also
   *     what does not belong to a workflow
   * @throws StatusRuntimeException if the server can't be read completely
   */
  void walk(String namespace, String query, Visitor visitor) {
    server.requireNamespace(namespace);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            concurrency,
            work -> {
              Thread thread = new Thread(work, "temporal-external-storage-lifecycle");
              thread.setDaemon(true);
              return thread;
            });
    try {
      Walk walk = new Walk(namespace, threads, visitor);
      walk.runs(query);
      if (query.isEmpty()) {
        walk.schedules();
        walk.activities();
        walk.nexusOperations();
      }
      // If it was deleted meanwhile, its runs seemed to vanish one by one.
      server.requireNamespace(namespace);
    } finally {
      threads.shutdownNow();
    }
  }

  /** One visit of one namespace. */
  private final class Walk {

    private final String namespace;
    private final ExecutorService threads;
    private final Visitor visitor;

    Walk(String namespace, ExecutorService threads, Visitor visitor) {
      this.namespace = namespace;
      this.threads = threads;
      this.visitor = visitor;
    }

    void runs(String query) {
      each(Kind.WORKFLOW, token -> server.runs(namespace, query, token), this::run);
    }

    private void run(WorkflowExecutionInfo info) {
      WorkflowExecution run = info.getExecution();
      PayloadLocation location =
          PayloadLocation.of(namespace, Kind.WORKFLOW, run.getWorkflowId(), run.getRunId());
      Page<HistoryEvent> page = new Page<>(List.of(), ByteString.EMPTY);
      do {
        page = server.events(namespace, run, page.next());
        visitor.visit(LocatedPayload.of(location, page.items()));
      } while (!page.next().isEmpty());
      if (!info.hasCloseTime()) {
        visit(location, server.describe(namespace, run));
      }
    }

    void schedules() {
      each(
          Kind.SCHEDULE,
          token -> server.schedules(namespace, token),
          schedule ->
              visit(
                  PayloadLocation.of(namespace, Kind.SCHEDULE, schedule.getScheduleId(), ""),
                  server.describe(namespace, schedule)));
    }

    void activities() {
      each(
          Kind.ACTIVITY,
          token -> server.activities(namespace, token),
          activity ->
              visit(
                  PayloadLocation.of(
                      namespace, Kind.ACTIVITY, activity.getActivityId(), activity.getRunId()),
                  server.describe(namespace, activity)));
    }

    void nexusOperations() {
      each(
          Kind.NEXUS_OPERATION,
          token -> server.nexusOperations(namespace, token),
          operation ->
              visit(
                  PayloadLocation.of(
                      namespace,
                      Kind.NEXUS_OPERATION,
                      operation.getOperationId(),
                      operation.getRunId()),
                  server.describe(namespace, operation)));
    }

    private void visit(PayloadLocation owner, Message description) {
      visitor.visit(LocatedPayload.of(owner, description));
    }

    /** Reads all pages, and the items of each side by side. */
    private <T> void each(Kind kind, Function<ByteString, Page<T>> pages, Consumer<T> read) {
      ByteString token = ByteString.EMPTY;
      do {
        Page<T> page;
        try {
          page = pages.apply(token);
        } catch (StatusRuntimeException e) {
          if (kind != Kind.WORKFLOW && TemporalServer.isUnsupported(e)) {
            visitor.unsupported(kind);
            return;
          }
          throw e;
        }
        sideBySide(page.items(), item -> read(kind, item, read));
        token = page.next();
      } while (!token.isEmpty());
    }

    private <T> void read(Kind kind, T item, Consumer<T> read) {
      try {
        read.accept(item);
      } catch (StatusRuntimeException e) {
        if (TemporalServer.isNotFound(e)) {
          visitor.vanished(kind);
          return;
        }
        throw e;
      }
      visitor.visited(kind);
    }

    /** The first failure ends it; what is still in progress is interrupted when the walk ends. */
    private <T> void sideBySide(List<T> items, Consumer<T> work) {
      CompletionService<Void> underWay = new ExecutorCompletionService<>(threads);
      for (T item : items) {
        Future<Void> unused =
            underWay.submit(
                () -> {
                  work.accept(item);
                  return null;
                });
      }
      for (int i = 0; i < items.size(); i++) {
        await(underWay);
      }
    }

    private void await(CompletionService<Void> underWay) {
      try {
        underWay.take().get();
      } catch (ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof RuntimeException failure) {
          throw failure;
        }
        if (cause instanceof Error error) {
          throw error;
        }
        throw new IllegalStateException(cause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CancellationException("Interrupted");
      }
    }
  }
}
