package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.internal.state.Sql;
import java.sql.Connection;
import java.sql.SQLException;

/** How many payloads the present run of garbage collection has listed in each bucket. */
final class BucketTable {

  private BucketTable() {}

  static void clear(Connection connection) throws SQLException {
    Sql.execute(connection, "DELETE FROM bucket");
  }

  /** Begins to count a bucket. */
  static void start(Connection connection, String bucket) throws SQLException {
    Sql.execute(
        connection,
        "INSERT OR REPLACE INTO bucket (name, objects, bytes) VALUES (?, 0, 0)",
        bucket);
  }

  static void add(Connection connection, String bucket, long objects, long bytes)
      throws SQLException {
    Sql.execute(
        connection,
        "UPDATE bucket SET objects = objects + ?, bytes = bytes + ? WHERE name = ?",
        objects,
        bytes,
        bucket);
  }

  static long objects(Connection connection, String bucket) throws SQLException {
    return Sql.number(connection, "SELECT objects FROM bucket WHERE name = ?", bucket);
  }
}
