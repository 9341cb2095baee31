package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.gc.CandidateTable.Candidate;
import io.github.externalstorage.lifecycle.internal.state.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The deletions in the state file, each written before and after it is made. */
final class DeletionTable {

  /** What is known about a deletion. */
  enum State {
    /** It was about to be made. If the process ended then, it is not known whether it was. */
    INTENDED,
    /** The object was deleted. */
    DELETED,
    /** The object was left alone, since it was written or deleted by others meanwhile. */
    CHANGED,
    /** An attempt was interrupted or failed, and may have deleted the object. */
    UNKNOWN,
    /** The object was deleted, and restored later. */
    RESTORED
  }

  /** A deletion, and the run of garbage collection that made it. */
  record Deletion(long run, String bucket, String key, State state, String undoToken) {

    /** Before all deletions of a run, and of the runs after it. */
    static Deletion before(long run) {
      return new Deletion(run, "", "", State.DELETED, "");
    }
  }

  private DeletionTable() {}

  /** A page of what all runs deleted and was not restored, after the last one of a page. */
  static List<Deletion> deleted(Connection connection, Deletion last, int limit)
      throws SQLException {
    return Sql.list(
        connection,
        DeletionTable::read,
        "SELECT run, bucket, key, state, undo_token FROM deletion"
            + " WHERE state IN ('DELETED', 'UNKNOWN') AND (run, bucket, key) > (?, ?, ?)"
            + " ORDER BY run, bucket, key LIMIT ?",
        last.run(),
        last.bucket(),
        last.key(),
        limit);
  }

  /** A page of the deletions of one run, in any state, after the last one of a page. */
  static List<Deletion> ofRun(Connection connection, Deletion last, int limit) throws SQLException {
    return Sql.list(
        connection,
        DeletionTable::read,
        "SELECT run, bucket, key, state, undo_token FROM deletion WHERE run = ?"
            + " AND (bucket, key) > (?, ?) ORDER BY bucket, key LIMIT ?",
        last.run(),
        last.bucket(),
        last.key(),
        limit);
  }

  private static Deletion read(ResultSet row) throws SQLException {
    return new Deletion(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        State.valueOf(row.getString(4)),
        row.getString(5));
  }

  /** Notes that the object of a deletion exists again. */
  static void setRestored(Connection connection, Deletion deletion, Instant now)
      throws SQLException {
    Sql.execute(
        connection,
        "UPDATE deletion SET state = ?, changed_at = ? WHERE run = ? AND bucket = ? AND key = ?",
        State.RESTORED,
        now.toEpochMilli(),
        deletion.run(),
        deletion.bucket(),
        deletion.key());
  }

  /** What is about to be deleted. What an interrupted attempt left is unknown from now on. */
  static void intend(Connection connection, long gcRun, List<Candidate> candidates, Instant now)
      throws SQLException {
    Sql.executeEach(
        connection,
        """
            INSERT INTO deletion (run, bucket, key, size, stored_at, version, state, undo_token,
                changed_at)
              VALUES (?, ?, ?, ?, ?, ?, 'INTENDED', '', ?)
              ON CONFLICT (run, bucket, key) DO UPDATE SET state = 'UNKNOWN'""",
        candidates,
        candidate ->
            List.of(
                gcRun,
                candidate.bucket(),
                candidate.object().key(),
                candidate.object().sizeBytes(),
                candidate.object().storedAt(),
                candidate.object().version(),
                now.toEpochMilli()));
  }

  /** Notes what became of a deletion. An earlier attempt that may have made it stays unknown. */
  static void update(
      Connection connection,
      long gcRun,
      Candidate candidate,
      State state,
      String undoToken,
      Instant now)
      throws SQLException {
    Sql.execute(
        connection,
        """
        UPDATE deletion SET changed_at = ?4, undo_token = ?5,
          state = CASE WHEN state = 'UNKNOWN' AND ?6 = 'CHANGED' THEN 'UNKNOWN' ELSE ?6 END
          WHERE run = ?1 AND bucket = ?2 AND key = ?3""",
        gcRun,
        candidate.bucket(),
        candidate.object().key(),
        now.toEpochMilli(),
        undoToken,
        state);
  }

  /** What a run deleted. */
  static StoredAmount totals(Connection connection, long gcRun, State state) throws SQLException {
    return Sql.list(
            connection,
            row -> new StoredAmount(row.getLong(1), row.getLong(2)),
            "SELECT COUNT(*), COALESCE(SUM(size), 0) FROM deletion WHERE run = ? AND state = ?",
            gcRun,
            state)
        .get(0);
  }

  /** Whether a run did not begin to delete anything. */
  static boolean isEmpty(Connection connection, long gcRun) throws SQLException {
    return Sql.number(connection, "SELECT COUNT(*) FROM deletion WHERE run = ?", gcRun) == 0;
  }

  /** What a run deleted in a bucket. */
  static long deleted(Connection connection, long gcRun, String bucket) throws SQLException {
    return Sql.number(
        connection,
        "SELECT COUNT(*) FROM deletion WHERE run = ? AND bucket = ? AND state = 'DELETED'",
        gcRun,
        bucket);
  }
}
