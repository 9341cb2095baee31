package io.github.externalstorage.lifecycle.internal.state;

import java.sql.Connection;
import java.sql.SQLException;

/** What the current run of garbage collection counts. The state file has the numbers. */
public enum Counter {
  RUNS,
  KEPT_RUNS,
  OTHER_ITEMS,
  VANISHED,
  REFERENCES,
  OBJECTS,
  REFERENCED,
  YOUNG,
  DELETED,
  CHANGED;

  public void add(Connection connection, long number) throws SQLException {
    Sql.execute(
        connection,
        "INSERT INTO counter VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
        this,
        number);
  }

  public static void clear(Connection connection) throws SQLException {
    Sql.execute(connection, "DELETE FROM counter");
  }

  public long read(Connection connection) throws SQLException {
    return Sql.number(connection, "SELECT value FROM counter WHERE name = ?", this);
  }
}
