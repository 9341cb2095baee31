package io.github.externalstorage.lifecycle;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;

/** What the current run of garbage collection counts. The state file has the numbers. */
enum GcCounter {
  RUNS,
  KEPT_RUNS,
  OTHER_ITEMS,
  VANISHED,
  REFERENCES,
  OBJECTS,
  REFERENCED,
  YOUNG,
  FOREIGN,
  DELETED,
  CHANGED;

  void add(Connection connection, long number) throws SQLException {
    Sql.execute(
        connection,
        "INSERT INTO counter VALUES (?, ?)"
            + " ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
        this,
        number);
  }

  static void clear(Connection connection) throws SQLException {
    Sql.execute(connection, "DELETE FROM counter");
  }

  static Map<GcCounter, Long> read(Connection connection) throws SQLException {
    Map<GcCounter, Long> counts = new EnumMap<>(GcCounter.class);
    for (GcCounter counter : values()) {
      counts.put(
          counter, Sql.number(connection, "SELECT value FROM counter WHERE name = ?", counter));
    }
    return counts;
  }
}
