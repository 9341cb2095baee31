package io.github.externalstorage.lifecycle.internal.state;

import io.github.externalstorage.lifecycle.LifecycleException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The SQLite file in which garbage collection keeps its state. As long as it is open, no other
 * process can open it; the operating system ends that when the process ends, however it ends.
 * Thread-safe.
 */
public final class StateFile implements AutoCloseable {

  /** What to do in a transaction. */
  public interface Work<T> {
    T run(Connection connection) throws SQLException;
  }

  /** What to write in a transaction. */
  public interface Change {
    void write(Connection connection) throws SQLException;
  }

  /** Observes commits, so that a test can end the process at any of them. */
  public interface CommitListener {

    CommitListener NONE = new CommitListener() {};

    default void beforeCommit() {}

    default void afterCommit() {}
  }

  /** Marks the file as one of this program: "tesg". */
  private static final int APPLICATION_ID = 0x74657367;

  private static final int VERSION = 1;

  /** Result codes of SQLite. */
  private static final int BUSY = 5;

  private static final int NOT_A_DATABASE = 26;

  private static final List<String> SCHEMA =
      List.of(
          // What the state is about, such as the ids of namespaces.
          "CREATE TABLE identity (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
          // Runs of garbage collection. Times are milliseconds since 1970.
          """
          CREATE TABLE gc_run (id INTEGER PRIMARY KEY AUTOINCREMENT, phase TEXT NOT NULL,
            inputs TEXT NOT NULL, started_at INTEGER NOT NULL, progress_at INTEGER NOT NULL,
            completed_at INTEGER)""",
          // The work of the current run; a token is where a step continues.
          """
          CREATE TABLE step (id INTEGER PRIMARY KEY AUTOINCREMENT, phase TEXT NOT NULL,
            kind TEXT NOT NULL, target TEXT NOT NULL, detail TEXT NOT NULL,
            token BLOB NOT NULL, done INTEGER NOT NULL)""",
          "CREATE TABLE counter (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
          // What can change until the next run is read in each run, closed runs only once.
          "CREATE TABLE open_mark (key BLOB PRIMARY KEY) WITHOUT ROWID",
          "CREATE TABLE open_run (run BLOB PRIMARY KEY) WITHOUT ROWID",
          """
          CREATE TABLE closed_run (id INTEGER PRIMARY KEY, run BLOB NOT NULL UNIQUE,
            listed INTEGER NOT NULL)""",
          """
          CREATE TABLE closed_mark (key BLOB NOT NULL, run INTEGER NOT NULL,
            PRIMARY KEY (key, run)) WITHOUT ROWID""",
          """
          CREATE TABLE candidate (bucket TEXT NOT NULL, key TEXT NOT NULL, size INTEGER NOT NULL,
            stored_at TEXT NOT NULL, version TEXT NOT NULL, first_run INTEGER NOT NULL,
            last_run INTEGER NOT NULL, PRIMARY KEY (bucket, key)) WITHOUT ROWID""",
          """
          CREATE TABLE bucket (name TEXT PRIMARY KEY, objects INTEGER NOT NULL,
            bytes INTEGER NOT NULL)""",
          """
          CREATE TABLE deletion (run INTEGER NOT NULL, bucket TEXT NOT NULL, key TEXT NOT NULL,
            size INTEGER NOT NULL, stored_at TEXT NOT NULL, version TEXT NOT NULL,
            state TEXT NOT NULL, undo_token TEXT NOT NULL, changed_at INTEGER NOT NULL,
            PRIMARY KEY (run, bucket, key)) WITHOUT ROWID""");

  private final Path path;
  private final Connection connection;
  private final CommitListener listener;

  private StateFile(Path path, Connection connection, CommitListener listener) {
    this.path = path;
    this.connection = connection;
    this.listener = listener;
  }

  /**
   * Opens the file, and creates it if it does not exist.
   *
   * @throws LifecycleException if another process has it open, or it is another kind of file
   */
  public static StateFile open(Path path, CommitListener listener) {
    try {
      Connection connection = DriverManager.getConnection("jdbc:sqlite:" + path.toAbsolutePath());
      try {
        prepare(path, connection);
      } catch (SQLException | RuntimeException e) {
        connection.close();
        throw e;
      }
      return new StateFile(path, connection, listener);
    } catch (SQLException e) {
      throw failure(path, e);
    }
  }

  private static void prepare(Path path, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA busy_timeout = 0");
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("PRAGMA cache_size = -32768");
      // Takes the lock, which stays.
      statement.execute("BEGIN EXCLUSIVE");
      if (number(statement, "SELECT COUNT(*) FROM sqlite_schema") == 0) {
        for (String table : SCHEMA) {
          statement.execute(table);
        }
        statement.execute("PRAGMA application_id = " + APPLICATION_ID);
        statement.execute("PRAGMA user_version = " + VERSION);
      }
      boolean isOurs = number(statement, "PRAGMA application_id") == APPLICATION_ID;
      long version = number(statement, "PRAGMA user_version");
      statement.execute("COMMIT");
      if (!isOurs || version != VERSION) {
        throw new LifecycleException(
            isOurs
                ? "The state file %s was written by another version of this program (format %s): use a new file"
                    .formatted(path, version)
                : "The file %s is not a state file of garbage collection: use another file"
                    .formatted(path));
      }
    }
  }

  private static long number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }

  /**
   * Does some work in a transaction, which is rolled back if the work fails.
   *
   * @throws LifecycleException if the file can't be read or written
   */
  public synchronized <T> T transaction(Work<T> work) {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN");
      boolean committed = false;
      try {
        T result = work.run(connection);
        listener.beforeCommit();
        statement.execute("COMMIT");
        committed = true;
        listener.afterCommit();
        return result;
      } finally {
        if (!committed) {
          rollBack(statement);
        }
      }
    } catch (SQLException e) {
      throw failure(path, e);
    }
  }

  /**
   * Writes in a transaction, which is rolled back if this fails.
   *
   * @throws LifecycleException if the file can't be written
   */
  public void write(Change change) {
    var unused =
        transaction(
            connection -> {
              change.write(connection);
              return true;
            });
  }

  private static void rollBack(Statement statement) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back already, after some of its errors.
    }
  }

  private static LifecycleException failure(Path path, SQLException failure) {
    int code = failure.getErrorCode() & 0xff;
    if (code == BUSY) {
      return new LifecycleException(
          "The state file %s is in use by another process: only one garbage collection runs at a time"
              .formatted(path),
          failure);
    }
    if (code == NOT_A_DATABASE) {
      return new LifecycleException(
          "The file %s is not a state file of garbage collection: use another file".formatted(path),
          failure);
    }
    if (String.valueOf(failure.getMessage()).startsWith("No suitable driver")) {
      return new LifecycleException(
          "There is no JDBC driver for SQLite: add org.xerial:sqlite-jdbc to the class path",
          failure);
    }
    return new LifecycleException(
        "The state file %s could not be read or written: %s".formatted(path, failure.getMessage()),
        failure);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw failure(path, e);
    }
  }
}
