package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.gc.RunTable.GcRun;
import io.github.externalstorage.lifecycle.internal.marks.MarkRun;
import io.github.externalstorage.lifecycle.internal.state.Counter;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/**
 * What the phases of a run of garbage collection share.
 *
 * @param clock the time for what is compared with the times of objects
 */
record GcContext(StateFile state, SideBySide threads, InstantSource clock, GcListener listener) {

  Instant now() {
    return clock.instant();
  }

  /** Reads from the state file, and may write. */
  <T> T transaction(StateFile.Work<T> work) {
    return state.transaction(work);
  }

  void write(StateFile.Change change) {
    state.write(change);
  }

  /** Reads a batch of a list. */
  interface BatchQuery<T> {
    List<T> read(Connection connection, T last, int size) throws SQLException;
  }

  /**
   * Goes through a list in the state file, a batch in memory at a time.
   *
   * @param before stands before the first item
   */
  <T> void eachBatch(T before, BatchQuery<T> query, int size, Consumer<List<T>> work) {
    T last = before;
    List<T> batch;
    do {
      T previous = last;
      batch = transaction(connection -> query.read(connection, previous, size));
      if (!batch.isEmpty()) {
        work.accept(batch);
        last = batch.get(batch.size() - 1);
      }
    } while (batch.size() == size);
  }

  /** Commits a step of a run, and reports the progress. */
  void commit(GcRun run, StateFile.Change step) {
    GcProgress progress =
        state.transaction(
            connection -> {
              step.write(connection);
              RunTable.progress(connection, run, now());
              return new GcProgress(
                  run.phase(),
                  Counter.RUNS.read(connection) + Counter.KEPT_RUNS.read(connection),
                  Counter.REFERENCES.read(connection),
                  Counter.OBJECTS.read(connection),
                  Counter.DELETED.read(connection));
            });
    synchronized (listener) {
      listener.onProgress(progress);
    }
  }

  /** Commits the last step of a phase; the run in the next one. */
  GcRun enter(GcRun run, GcPhase next, StateFile.Change step) {
    GcRun entered = run.in(next);
    commit(entered, step);
    return entered;
  }

  /** A run as the mark phase sees it. */
  MarkRun marking(GcRun run) {
    return new MarkRun(
        run.id(), run.startedAt(), page -> commit(run, page), listener::onUnsupported);
  }
}
