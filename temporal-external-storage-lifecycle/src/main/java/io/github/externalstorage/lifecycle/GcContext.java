package io.github.externalstorage.lifecycle;

import io.github.externalstorage.lifecycle.RunTable.GcRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the phases of a run of garbage collection share.
 *
 * @param clock the time for what is compared with the times of objects
 */
record GcContext(StateFile state, SideBySide threads, InstantSource clock, GcListener listener) {

  /** What to write. */
  interface Change {
    void write(Connection connection) throws SQLException;
  }

  /** Commits a step of a run, and reports the progress. */
  void commit(GcRun run, GcPhase phase, Change change) {
    Map<GcCounter, Long> counts =
        state.transaction(
            connection -> {
              change.write(connection);
              RunTable.progress(connection, run.id(), phase, clock.instant());
              return GcCounter.read(connection);
            });
    synchronized (listener) {
      listener.onProgress(
          new GcProgress(
              phase,
              count(counts, GcCounter.RUNS) + count(counts, GcCounter.KEPT_RUNS),
              count(counts, GcCounter.REFERENCES),
              count(counts, GcCounter.OBJECTS),
              count(counts, GcCounter.DELETED)));
    }
  }

  private static long count(Map<GcCounter, Long> counts, GcCounter counter) {
    return counts.getOrDefault(counter, 0L);
  }
}
