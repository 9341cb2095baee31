package io.github.externalstorage.cli.codecserver;

import static org.eclipse.jetty.http.HttpVersion.HTTP_2;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of connections, and how long one may be without a request. A connection counts
 * as having a request once it has sent the complete head, however slowly. A new connection replaces
 * the one that has been without a request for longest, or is rejected if all have one. Thread-safe.
 */
final class IdleConnections extends EventsHandler implements Connection.Listener {

  private final Duration timeout;
  private int max;

  /** The open connections, with the number of requests that each has in progress. */
  private final Map<Connection, Integer> open = new LinkedHashMap<>();

  /** Those without a request, with what closes them. */
  private final Map<Connection, Scheduler.Task> idle = new LinkedHashMap<>();

  IdleConnections(int max, Duration timeout, Handler next) {
    super(next);
    this.max = max;
    this.timeout = timeout;
  }

  /** Closes all connections without a request, and accepts no more. */
  void shutDown() {
    List<Connection> surplus;
    synchronized (this) {
      max = 0;
      surplus = List.copyOf(idle.keySet());
    }
    surplus.forEach(IdleConnections::close);
  }

  @Override
  public void onOpened(Connection connection) {
    Optional<Connection> surplus;
    synchronized (this) {
      if (connection.getEndPoint() instanceof SslConnection.SslEndPoint secure) {
        // The connection that it secures is counted instead.
        onClosed(secure.getSslConnection());
      }
      setRequests(connection, 0);
      surplus = open.size() > max ? idle.keySet().stream().findFirst() : Optional.empty();
    }
    surplus.ifPresent(IdleConnections::close);
  }

  @Override
  public synchronized void onClosed(Connection connection) {
    open.remove(connection);
    endIdle(connection);
  }

  @Override
  protected synchronized void onBeforeHandling(Request request) {
    // A request that is processed is not idle, nor is one that waits for a thread.
    request.addIdleTimeoutListener(idleTimeout -> false);
    count(request, 1);
  }

  @Override
  protected synchronized void onComplete(
      Request request, int status, @Nullable HttpFields headers, @Nullable Throwable failure) {
    count(request, -1);
  }

  private void count(Request request, int change) {
    Connection connection = request.getConnectionMetaData().getConnection();
    Integer requests = open.get(connection);
    if (requests != null) {
      setRequests(connection, requests + change);
    }
  }

  private void setRequests(Connection connection, int requests) {
    open.put(connection, requests);
    endIdle(connection);
    if (requests == 0) {
      idle.put(
          connection,
          getServer()
              .getScheduler()
              .schedule(() -> closeIfIdle(connection), timeout.toMillis(), TimeUnit.MILLISECONDS));
    }
  }

  /** A request may have begun just when the time was over. */
  private void closeIfIdle(Connection connection) {
    synchronized (this) {
      if (!idle.containsKey(connection)) {
        return;
      }
    }
    close(connection);
  }

  /** Without the 500 with which Jetty responds to part of a head when its connection closes. */
  private static void close(Connection connection) {
    if (connection instanceof ConnectionMetaData http && http.getHttpVersion() != HTTP_2) {
      connection.getEndPoint().close();
    } else {
      connection.close();
    }
  }

  private void endIdle(Connection connection) {
    Scheduler.Task task = idle.remove(connection);
    if (task != null) {
      task.cancel();
    }
  }
}
