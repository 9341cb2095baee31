package io.github.externalstorage.lifecycle.internal.state;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** The steps of the current run of garbage collection, and how far each is. */
public final class StepTable {

  /**
   * A list that is read page by page.
   *
   * @param kind what is listed
   * @param target where: a namespace, a bucket or a file
   * @param detail which part of it
   * @param token where to continue; empty at the beginning
   */
  public record Step(long id, String kind, String target, String detail, ByteString token) {

    public Step at(ByteString next) {
      return new Step(id, kind, target, detail, next);
    }
  }

  private StepTable() {}

  public static void clear(Connection connection) throws SQLException {
    Sql.execute(connection, "DELETE FROM step");
  }

  public static void add(
      Connection connection, String phase, String kind, String target, String detail)
      throws SQLException {
    Sql.execute(
        connection,
        "INSERT INTO step (phase, kind, target, detail, token, done) VALUES (?, ?, ?, ?, ?, 0)",
        phase,
        kind,
        target,
        detail,
        ByteString.EMPTY);
  }

  /** The steps that are not done, in the order in which they were added. */
  public static List<Step> pending(Connection connection, String phase) throws SQLException {
    return Sql.list(
        connection,
        rows ->
            new Step(
                rows.getLong(1),
                rows.getString(2),
                rows.getString(3),
                rows.getString(4),
                ByteString.copyFrom(rows.getBytes(5))),
        "SELECT id, kind, target, detail, token FROM step"
            + " WHERE phase = ? AND done = 0 ORDER BY id",
        phase);
  }

  /** Notes how far a step is. An empty token means that it is done. */
  public static void advance(Connection connection, Step step, ByteString next)
      throws SQLException {
    Sql.execute(
        connection,
        "UPDATE step SET token = ?, done = ? WHERE id = ?",
        next,
        next.isEmpty() ? 1 : 0,
        step.id());
  }
}
