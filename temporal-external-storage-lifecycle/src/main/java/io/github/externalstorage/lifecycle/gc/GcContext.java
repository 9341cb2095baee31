package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.gc.RunTable.GcRun;
import io.github.externalstorage.lifecycle.internal.marks.MarkRun;
import io.github.externalstorage.lifecycle.internal.state.Counter;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the phases of a run of garbage collection share.
 *
 * @param clock the time for what is compared with the times of objects
 */
record GcContext(StateFile state, SideBySide threads, InstantSource clock, GcListener listener) {

  /** Commits a step of a run, and reports the progress. */
  void commit(GcRun run, GcPhase phase, StateFile.Change change) {
    Map<Counter, Long> counts =
        state.transaction(
            connection -> {
              change.write(connection);
              RunTable.progress(connection, run.id(), phase, clock.instant());
              return Counter.read(connection);
            });
    synchronized (listener) {
      listener.onProgress(
          new GcProgress(
              phase,
              count(counts, Counter.RUNS) + count(counts, Counter.KEPT_RUNS),
              count(counts, Counter.REFERENCES),
              count(counts, Counter.OBJECTS),
              count(counts, Counter.DELETED)));
    }
  }

  /** A run as the mark phase sees it. */
  MarkRun marking(GcRun run) {
    return new MarkRun() {
      @Override
      public long id() {
        return run.id();
      }

      @Override
      public Instant startedAt() {
        return run.startedAt();
      }

      @Override
      public void commit(StateFile.Change page) {
        GcContext.this.commit(run, run.phase(), page);
      }

      @Override
      public void unsupported(String namespace, Kind kind) {
        listener.onUnsupported(namespace, kind);
      }
    };
  }

  private static long count(Map<Counter, Long> counts, Counter counter) {
    return counts.getOrDefault(counter, 0L);
  }
}
