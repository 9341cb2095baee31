package io.github.externalstorage.codec.http;

import io.github.externalstorage.codec.http.ServerConnection.Phase;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The open connections, and room for so many. When there is no room, the one that has been waited
 * for longest makes it: slow clients lose their place, not the others.
 */
final class ServerConnections {

  private final int max;
  private final Set<ServerConnection> open = new HashSet<>();

  ServerConnections(int max) {
    this.max = max;
  }

  /** Lets a connection in; false if all others are busy being answered. */
  synchronized boolean admit(ServerConnection connection) {
    if (open.size() == max) {
      long now = System.nanoTime();
      Optional<ServerConnection> slowest =
          open.stream()
              .filter(other -> other.phase() != Phase.ANSWERING)
              .max(Comparator.comparingLong(other -> now - other.phaseStart()));
      if (slowest.isEmpty()) {
        return false;
      }
      slowest.get().close();
      open.remove(slowest.get());
    }
    return open.add(connection);
  }

  synchronized void remove(ServerConnection connection) {
    open.remove(connection);
    notifyAll();
  }

  /** Closes those whose clients are too slow. */
  synchronized void closeStuck() {
    open.stream().filter(ServerConnection::isStuck).forEach(ServerConnection::close);
  }

  /** Lets those with a request end, for so long; then closes all. */
  synchronized void drain(Duration limit) throws InterruptedException {
    open.stream()
        .filter(connection -> connection.phase() == Phase.IDLE)
        .forEach(ServerConnection::close);
    long end = System.nanoTime() + limit.toNanos();
    for (long left = limit.toNanos(); left > 0 && !open.isEmpty(); left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    open.forEach(ServerConnection::close);
  }
}
