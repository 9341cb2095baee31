package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.internal.state.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** The runs of garbage collection in the state file, one of which may be unfinished. */
final class RunTable {

  /**
   * A run.
   *
   * @param inputs what it was started with; another run may only continue it with the same
   * @param startedAt when the mark began
   * @param progressAt when the last step was made
   */
  record GcRun(long id, GcPhase phase, String inputs, Instant startedAt, Instant progressAt) {

    GcRun in(GcPhase next) {
      return new GcRun(id, next, inputs, startedAt, progressAt);
    }
  }

  private RunTable() {}

  static Optional<GcRun> unfinished(Connection connection) throws SQLException {
    return Sql.list(
            connection,
            row ->
                new GcRun(
                    row.getLong(1),
                    GcPhase.valueOf(row.getString(2)),
                    row.getString(3),
                    Instant.ofEpochMilli(row.getLong(4)),
                    Instant.ofEpochMilli(row.getLong(5))),
            "SELECT id, phase, inputs, started_at, progress_at FROM gc_run"
                + " WHERE phase NOT IN ('DONE', 'ABANDONED')")
        .stream()
        .findFirst();
  }

  /** The latest time in the file; 1970 if there was no run yet. */
  static Instant latestTime(Connection connection) throws SQLException {
    return Instant.ofEpochMilli(Sql.number(connection, "SELECT MAX(progress_at) FROM gc_run"));
  }

  static long start(Connection connection, Instant now, String inputs) throws SQLException {
    Sql.execute(
        connection,
        "INSERT INTO gc_run (phase, inputs, started_at, progress_at) VALUES (?, ?, ?, ?)",
        GcPhase.MARK,
        inputs,
        now.toEpochMilli(),
        now.toEpochMilli());
    return Sql.number(connection, "SELECT last_insert_rowid()");
  }

  static boolean exists(Connection connection, long run) throws SQLException {
    return Sql.number(connection, "SELECT COUNT(*) FROM gc_run WHERE id = ?", run) > 0;
  }

  static void progress(Connection connection, GcRun run, Instant now) throws SQLException {
    Sql.execute(
        connection,
        "UPDATE gc_run SET phase = ?, progress_at = ? WHERE id = ?",
        run.phase(),
        now.toEpochMilli(),
        run.id());
  }

  /** It was interrupted and is never resumed, so it is of no effect on later runs. */
  static void abandon(Connection connection, long run) throws SQLException {
    Sql.execute(connection, "UPDATE gc_run SET phase = 'ABANDONED' WHERE id = ?", run);
  }

  /** The candidates of a run are complete. */
  static void complete(Connection connection, long run, Instant now) throws SQLException {
    Sql.execute(
        connection, "UPDATE gc_run SET completed_at = ? WHERE id = ?", now.toEpochMilli(), run);
  }
}
