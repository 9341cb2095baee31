package io.github.externalstorage.lifecycle.internal.state;

import com.google.protobuf.ByteString;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Statements with parameters: numbers, texts, enums and bytes. */
public final class Sql {

  private Sql() {}

  private static PreparedStatement prepare(
      Connection connection, String statement, Object... parameters) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    set(prepared, parameters);
    return prepared;
  }

  public static void set(PreparedStatement prepared, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      Object value = parameters[i];
      if (value instanceof Number number) {
        prepared.setLong(i + 1, number.longValue());
      } else if (value instanceof ByteString bytes) {
        prepared.setBytes(i + 1, bytes.toByteArray());
      } else {
        prepared.setString(i + 1, value.toString());
      }
    }
  }

  public static void execute(Connection connection, String statement, Object... parameters)
      throws SQLException {
    try (PreparedStatement prepared = prepare(connection, statement, parameters)) {
      prepared.executeUpdate();
    }
  }

  /** Executes a statement once for each item, with the parameters that it has for the item. */
  public static <T> void executeEach(
      Connection connection, String statement, Iterable<T> items, Function<T, List<?>> parameters)
      throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      for (T item : items) {
        set(prepared, parameters.apply(item).toArray());
        prepared.addBatch();
      }
      prepared.executeBatch();
    }
  }

  /** Creates an object from the present row. */
  @FunctionalInterface
  public interface Row<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** All rows of a query. */
  public static <T> List<T> list(
      Connection connection, Row<T> row, String query, Object... parameters) throws SQLException {
    List<T> list = new ArrayList<>();
    try (PreparedStatement prepared = prepare(connection, query, parameters);
        ResultSet rows = prepared.executeQuery()) {
      while (rows.next()) {
        list.add(row.read(rows));
      }
    }
    return list;
  }

  /** The first column of the first row; 0 if there is none. */
  public static long number(Connection connection, String query, Object... parameters)
      throws SQLException {
    try (PreparedStatement prepared = prepare(connection, query, parameters);
        ResultSet result = prepared.executeQuery()) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
