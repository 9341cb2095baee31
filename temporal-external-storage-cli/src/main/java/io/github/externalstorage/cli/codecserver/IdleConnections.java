package io.github.externalstorage.cli.codecserver;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.EventsHandler;
import org.jspecify.annotations.Nullable;

/**
 * Limits the number of connections: a new one replaces the one that has been without a request for
 * longest, or is rejected if all have one. A connection is without a request until it has sent the
 * whole head of one. Thread-safe.
 */
final class IdleConnections extends EventsHandler implements Connection.Listener {

  private int max;
  private final Set<Connection> open = new LinkedHashSet<>();
  private final Set<Connection> idle = new LinkedHashSet<>();

  IdleConnections(int max, Handler next) {
    super(next);
    this.max = max;
  }

  /** Closes all connections without a request, and accepts no more. */
  void shutDown() {
    List<Connection> surplus;
    synchronized (this) {
      max = 0;
      surplus = List.copyOf(idle);
    }
    surplus.forEach(Connection::close);
  }

  @Override
  public void onOpened(Connection connection) {
    Optional<Connection> surplus;
    synchronized (this) {
      if (connection.getEndPoint() instanceof SslConnection.SslEndPoint secure) {
        // Its place is taken by the connection that it secures.
        remove(secure.getSslConnection());
      }
      open.add(connection);
      idle.add(connection);
      surplus = open.size() > max ? idle.stream().findFirst() : Optional.empty();
    }
    surplus.ifPresent(Connection::close);
  }

  @Override
  public void onClosed(Connection connection) {
    remove(connection);
  }

  @Override
  protected synchronized void onBeforeHandling(Request request) {
    // A request that is processed is not idle, nor is one that waits for a thread.
    request.addIdleTimeoutListener(timeout -> false);
    idle.remove(request.getConnectionMetaData().getConnection());
  }

  @Override
  protected synchronized void onComplete(
      Request request, int status, @Nullable HttpFields headers, @Nullable Throwable failure) {
    Connection connection = request.getConnectionMetaData().getConnection();
    if (open.contains(connection)) {
      idle.add(connection);
    }
  }

  private synchronized void remove(Connection connection) {
    open.remove(connection);
    idle.remove(connection);
  }
}
