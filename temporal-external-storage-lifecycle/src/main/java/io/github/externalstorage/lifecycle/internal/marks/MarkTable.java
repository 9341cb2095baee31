package io.github.externalstorage.lifecycle.internal.marks;

import com.google.protobuf.ByteString;
import io.github.externalstorage.lifecycle.internal.state.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The marks in the state file. Those of closed workflow runs are kept from one run of garbage
 * collection to the next, and count only in those that found the workflow run listed.
 */
public final class MarkTable {

  private MarkTable() {}

  /** Forgets what has to be read anew in each run of garbage collection. */
  public static void startAnew(Connection connection) throws SQLException {
    Sql.execute(connection, "DELETE FROM open_mark");
    Sql.execute(connection, "DELETE FROM open_run");
  }

  /** Lets open workflow runs be read again; marks stay. */
  static void forgetOpenRuns(Connection connection) throws SQLException {
    Sql.execute(connection, "DELETE FROM open_run");
  }

  /** Forgets everything. */
  public static void clear(Connection connection) throws SQLException {
    startAnew(connection);
    Sql.execute(connection, "DELETE FROM closed_mark");
    Sql.execute(connection, "DELETE FROM closed_run");
  }

  /** Marks keys for this run of garbage collection only. */
  static void add(Connection connection, Collection<ByteString> keys) throws SQLException {
    Sql.executeEach(
        connection, "INSERT OR IGNORE INTO open_mark VALUES (?)", keys, value -> List.of(value));
  }

  /** Notes open workflow runs that were read completely. */
  static void addOpenRuns(Connection connection, Collection<ByteString> runs) throws SQLException {
    Sql.executeEach(
        connection, "INSERT OR IGNORE INTO open_run VALUES (?)", runs, value -> List.of(value));
  }

  /** Keeps the marks of a closed workflow run that was read completely. */
  static void addClosedRun(
      Connection connection, ByteString run, Collection<ByteString> keys, long gcRun)
      throws SQLException {
    Sql.execute(
        connection,
        "INSERT INTO closed_run (run, listed) VALUES (?, ?)"
            + " ON CONFLICT (run) DO UPDATE SET listed = excluded.listed",
        run,
        gcRun);
    long id = Sql.number(connection, "SELECT id FROM closed_run WHERE run = ?", run);
    Sql.executeEach(
        connection,
        "INSERT OR IGNORE INTO closed_mark VALUES (?, ?)",
        keys,
        key -> List.of(key, id));
  }

  /** Whether this run of garbage collection has read an open workflow run already. */
  static boolean isOpenRunRead(Connection connection, ByteString run) throws SQLException {
    return Sql.number(connection, "SELECT COUNT(*) FROM open_run WHERE run = ?", run) > 0;
  }

  /**
   * If the marks of a closed workflow run are kept, lets them count in this run.
   *
   * @return the run of garbage collection that listed it last; 0 if its marks are not kept
   */
  static long useClosedRun(Connection connection, ByteString run, long gcRun) throws SQLException {
    long listed = Sql.number(connection, "SELECT listed FROM closed_run WHERE run = ?", run);
    if (listed != 0 && listed != gcRun) {
      Sql.execute(connection, "UPDATE closed_run SET listed = ? WHERE run = ?", gcRun, run);
    }
    return listed;
  }

  /** Which of the keys are marked. */
  public static Set<String> marked(Connection connection, Collection<String> keys, long gcRun)
      throws SQLException {
    Set<String> marked = new HashSet<>();
    try (PreparedStatement query =
        connection.prepareStatement(
            "SELECT EXISTS (SELECT 1 FROM open_mark WHERE key = ?1)"
                + " OR EXISTS (SELECT 1 FROM closed_mark JOIN closed_run ON id = closed_mark.run"
                + " WHERE key = ?1 AND listed = ?2)")) {
      for (String key : keys) {
        Sql.set(query, KeyHash.ofKey(key), gcRun);
        try (ResultSet result = query.executeQuery()) {
          if (result.next() && result.getBoolean(1)) {
            marked.add(key);
          }
        }
      }
    }
    return marked;
  }

  /** Forgets the closed workflow runs that were not listed any more. */
  public static void removeUnlisted(Connection connection, long gcRun) throws SQLException {
    if (Sql.number(connection, "SELECT COUNT(*) FROM closed_run WHERE listed <> ?", gcRun) > 0) {
      Sql.execute(connection, "DELETE FROM closed_run WHERE listed <> ?", gcRun);
      Sql.execute(
          connection, "DELETE FROM closed_mark WHERE run NOT IN (SELECT id FROM closed_run)");
    }
  }
}
