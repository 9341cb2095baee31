package io.github.externalstorage.lifecycle.internal.marks;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.ByteString;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.internal.state.Counter;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.internal.state.StepTable;
import io.github.externalstorage.lifecycle.internal.state.StepTable.Step;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;
import io.github.externalstorage.lifecycle.internal.temporal.Page;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages.Item;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Marks the keys of all objects that Temporal and files of roots refer to, one page after the
 * other. How far it is, is written to the state file together with the marks of a page, so it
 * continues there after it was interrupted.
 */
public final class MarkPhase {

  /** Lists that are read for a namespace, in this order. */
  private enum Pass {
    ALL_RUNS(Kind.WORKFLOW),
    SCHEDULES(Kind.SCHEDULE),
    ACTIVITIES(Kind.ACTIVITY),
    NEXUS_OPERATIONS(Kind.NEXUS_OPERATION),
    // While the passes before are made, runs begin, and a run that is closed may move on a list to
    // where it was read already. Each such run is open after that, or was closed since the mark
    // began.
    OPEN_RUNS(Kind.WORKFLOW),
    RECENTLY_CLOSED_RUNS(Kind.WORKFLOW);

    private final Kind kind;

    Pass(Kind kind) {
      this.kind = kind;
    }

    private boolean isLate() {
      return this == OPEN_RUNS || this == RECENTLY_CLOSED_RUNS;
    }

    private String query(Instant markStartedAt) {
      return switch (this) {
        case OPEN_RUNS -> "CloseTime IS NULL";
        case RECENTLY_CLOSED_RUNS ->
            "CloseTime >= '%s'".formatted(markStartedAt.minus(CLOCK_DIFFERENCE));
        case ALL_RUNS, SCHEDULES, ACTIVITIES, NEXUS_OPERATIONS -> "";
      };
    }
  }

  /** What its steps have in the state file. */
  private static final String PHASE = "MARK";

  /** The step of a file; the others are named after their pass. */
  private static final String ROOTS = "ROOTS";

  /** The clock of the Temporal server may differ, and its visibility lags behind. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

  private final PayloadPages pages;
  private final ImmutableMap<String, ReferenceMarker> markers;
  private final StateFile state;
  private final SideBySide threads;

  public MarkPhase(
      TemporalServer server,
      Collection<NamespaceStorage> namespaces,
      Buckets buckets,
      StateFile state,
      SideBySide threads) {
    this.state = state;
    this.threads = threads;
    pages = new PayloadPages(server);
    markers =
        namespaces.stream()
            .collect(
                ImmutableMap.toImmutableMap(
                    NamespaceStorage::getNamespace,
                    namespace -> new ReferenceMarker(namespace, buckets.stores())));
  }

  /** Adds what is to be done, at the beginning of a run. */
  public void plan(Connection connection, List<Path> roots) throws SQLException {
    for (Path root : roots) {
      StepTable.add(connection, PHASE, ROOTS, root.toString(), "");
    }
    for (boolean late : List.of(false, true)) {
      for (String namespace : markers.keySet()) {
        for (Pass pass : Pass.values()) {
          if (pass.isLate() == late) {
            StepTable.add(connection, PHASE, pass.name(), namespace, "");
          }
        }
      }
    }
  }

  /** Adds what is to be read once more after the sweep: all but the runs that can't change. */
  public void planAgain(Connection connection) throws SQLException {
    StepTable.clear(connection);
    MarkTable.forgetOpenRuns(connection);
    for (String namespace : markers.keySet()) {
      for (Pass pass : Pass.values()) {
        if (pass != Pass.ALL_RUNS) {
          StepTable.add(connection, PHASE, pass.name(), namespace, "");
        }
      }
    }
  }

  /**
   * Does what is not done yet.
   *
   * @throws LifecycleException if something can't be read, or it is unclear what a payload refers
   *     to
   */
  public void run(MarkRun run) {
    List<Step> steps = state.transaction(connection -> StepTable.pending(connection, PHASE));
    for (Step step : steps) {
      if (step.kind().equals(ROOTS)) {
        roots(run, step);
      } else {
        pages(run, step);
      }
    }
  }

  private void pages(MarkRun run, Step step) {
    try {
      ByteString token = step.token();
      do {
        token = page(run, step.at(token));
      } while (!token.isEmpty());
    } catch (StatusRuntimeException e) {
      throw TemporalServer.unreadable(step.target(), e);
    }
  }

  /** Reads one page, and returns the token of the next one. */
  private ByteString page(MarkRun run, Step step) {
    Pass pass = Pass.valueOf(step.kind());
    ReferenceMarker marker = requireNonNull(markers.get(step.target()));
    PageMarks marks = new PageMarks(state, run.id());
    Page<Item> page =
        pages.list(
            step.target(),
            pass.kind,
            pass.query(run.startedAt()),
            step.token(),
            kind -> run.unsupported().accept(step.target(), kind));
    threads.each(unread(run, page.items(), marks), item -> read(item, marker, marks));
    commit(run, step, marks, page.next());
    return page.next();
  }

  /** The items that this run has not read yet, and whose marks are not kept from earlier ones. */
  private List<Item> unread(MarkRun run, List<Item> items, PageMarks marks) {
    return state.transaction(
        connection -> {
          List<Item> unread = new ArrayList<>();
          for (Item item : items) {
            if (!isRead(connection, run, item, marks)) {
              unread.add(item);
            }
          }
          return unread;
        });
  }

  private static boolean isRead(Connection connection, MarkRun run, Item item, PageMarks marks)
      throws SQLException {
    if (item.location().kind() != Kind.WORKFLOW) {
      return false;
    }
    ByteString hash = KeyHash.ofRun(item);
    if (!item.closed()) {
      return MarkTable.isOpenRunRead(connection, hash);
    }
    long listed = MarkTable.useClosedRun(connection, hash, run.id());
    if (listed != 0 && listed != run.id()) {
      marks.count(Counter.KEPT_RUNS, 1);
    }
    return listed != 0;
  }

  private static void read(Item item, ReferenceMarker marker, PageMarks marks) {
    PageMarks.OfItem ofItem = marks.new OfItem();
    try {
      ofItem.finish(item, item.read(payloads -> ofItem.add(payloads, marker)));
    } catch (StatusRuntimeException e) {
      if (!TemporalServer.isNotFound(e)) {
        throw e;
      }
      // If its namespace was deleted, that is found out at the end of the phase.
      marks.count(Counter.VANISHED, 1);
      return;
    }
    boolean isRun = item.location().kind() == Kind.WORKFLOW;
    marks.count(isRun ? Counter.RUNS : Counter.OTHER_ITEMS, 1);
  }

  private void roots(MarkRun run, Step step) {
    PageMarks marks = new PageMarks(state, run.id());
    // A file does not say which namespace, and so which codec, its history is from.
    RootMarks roots = new RootMarks(markers.values(), marks);
    RootFile.read(Path.of(step.target()), roots);
    roots.finish();
    commit(run, step, marks, ByteString.EMPTY);
  }

  private static void commit(MarkRun run, Step step, PageMarks marks, ByteString next) {
    marks.requireClear();
    run.commit()
        .accept(
            connection -> {
              marks.write(connection);
              StepTable.advance(connection, step, next);
            });
  }
}
