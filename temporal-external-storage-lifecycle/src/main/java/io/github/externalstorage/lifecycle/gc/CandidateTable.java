package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.internal.state.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The objects that nothing refers to, with the run of garbage collection that found each first. An
 * object that was marked or written since then starts anew.
 */
final class CandidateTable {

  /** An object in a bucket. */
  record Candidate(String bucket, ListedObject object) {

    /** Before all others. */
    static final Candidate FIRST = new Candidate("", new ListedObject("", 0, Instant.EPOCH, ""));
  }

  /** How many objects of a bucket, and their size. */
  record OfBucket(String bucket, StoredAmount totals) {}

  /** First found by a run that was completed at least a grace period before this run began. */
  private static final String RIPE =
      " FROM candidate JOIN gc_run ON gc_run.id = candidate.first_run"
          + " WHERE last_run = ? AND completed_at IS NOT NULL AND completed_at <= ?";

  private static final String NOT_RIPE =
      " FROM candidate JOIN gc_run ON gc_run.id = candidate.first_run"
          + " WHERE last_run = ? AND completed_at > ?";

  private CandidateTable() {}

  static void add(Connection connection, String bucket, List<ListedObject> objects, long gcRun)
      throws SQLException {
    Sql.executeEach(
        connection,
        """
            INSERT INTO candidate (bucket, key, size, stored_at, version, first_run, last_run)
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6)
              ON CONFLICT (bucket, key) DO UPDATE SET
                first_run = CASE
                  WHEN stored_at = excluded.stored_at AND version = excluded.version
                    AND size = excluded.size
                  THEN first_run ELSE excluded.first_run END,
                size = excluded.size, stored_at = excluded.stored_at,
                version = excluded.version, last_run = excluded.last_run""",
        objects,
        object ->
            List.of(
                bucket,
                object.key(),
                object.sizeBytes(),
                object.storedAt(),
                object.version(),
                gcRun));
  }

  static void remove(Connection connection, String bucket, Iterable<String> keys)
      throws SQLException {
    Sql.executeEach(
        connection,
        "DELETE FROM candidate WHERE bucket = ? AND key = ?",
        keys,
        key -> List.of(bucket, key));
  }

  /** Removes what a complete run did not find again. */
  static void removeOthers(Connection connection, long gcRun) throws SQLException {
    Sql.execute(connection, "DELETE FROM candidate WHERE last_run <> ?", gcRun);
  }

  /** Removes what only a run found that was never completed. */
  static void removeFirstFoundBy(Connection connection, long gcRun) throws SQLException {
    Sql.execute(connection, "DELETE FROM candidate WHERE first_run = ?", gcRun);
  }

  /**
   * What can be deleted, by bucket.
   *
   * @param completedUntil until when the run that found an object first must have been completed
   */
  static List<OfBucket> ripeTotals(Connection connection, long gcRun, Instant completedUntil)
      throws SQLException {
    return Sql.list(
        connection,
        rows -> new OfBucket(rows.getString(1), new StoredAmount(rows.getLong(2), rows.getLong(3))),
        "SELECT bucket, COUNT(*), SUM(size)" + RIPE + " GROUP BY bucket",
        gcRun,
        completedUntil.toEpochMilli());
  }

  /** What can be deleted, in the order of buckets and keys, after the last one of a page. */
  static List<Candidate> ripe(
      Connection connection, long gcRun, Instant completedUntil, Candidate last, int limit)
      throws SQLException {
    return Sql.list(
        connection,
        rows ->
            new Candidate(
                rows.getString(1),
                new ListedObject(
                    rows.getString(2),
                    rows.getLong(3),
                    Instant.parse(rows.getString(4)),
                    rows.getString(5))),
        "SELECT bucket, key, size, stored_at, version"
            + RIPE
            + " AND (bucket, key) > (?, ?) ORDER BY bucket, key LIMIT ?",
        gcRun,
        completedUntil.toEpochMilli(),
        last.bucket(),
        last.object().key(),
        limit);
  }

  /** What can't be deleted yet, by the time when the run that found it first was completed. */
  static List<GcQuarantine> quarantines(
      Connection connection, long gcRun, Instant completedUntil, Duration grace)
      throws SQLException {
    return Sql.list(
        connection,
        rows ->
            new GcQuarantine(
                Instant.ofEpochMilli(rows.getLong(1)).plus(grace),
                new StoredAmount(rows.getLong(2), rows.getLong(3))),
        "SELECT completed_at, COUNT(*), SUM(size)"
            + NOT_RIPE
            + " GROUP BY completed_at ORDER BY completed_at",
        gcRun,
        completedUntil.toEpochMilli());
  }
}
