package io.github.externalstorage.lifecycle.internal.state;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

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

  public static Map<Counter, Long> read(Connection connection) throws SQLException {
    Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    for (Counter counter : values()) {
      counts.put(
          counter, Sql.number(connection, "SELECT value FROM counter WHERE name = ?", counter));
    }
    return counts;
  }
}
