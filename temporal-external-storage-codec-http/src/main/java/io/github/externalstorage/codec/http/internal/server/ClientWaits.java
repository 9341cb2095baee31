package io.github.externalstorage.codec.http.internal.server;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The clients that threads are waiting for. There may be a limited number: the slowest client makes
 * room for a new one, so that slow clients cannot occupy the server.
 */
public final class ClientWaits {

  /** Below the number of threads that servers usually have. */
  static final int MAX_WAITS = 128;

  /** Clients that are not slow may be behind by this much. */
  private static final long TOLERATED_LAG = Duration.ofSeconds(1).toNanos();

  private final Set<ClientWait> waits = new HashSet<>();

  /** The current thread begins to wait for a client, with nothing in memory. */
  ClientWait begin(Duration timeout) {
    return begin(new ClientWait(this, timeout, false));
  }

  /** The current thread begins to receive a body, or to send payloads. */
  ClientWait beginWithMemory(Duration timeout) {
    return begin(new ClientWait(this, timeout, true));
  }

  private ClientWait begin(ClientWait wait) {
    synchronized (this) {
      waits.add(wait);
      if (waits.size() <= MAX_WAITS) {
        return wait;
      }
    }
    interruptSlowest();
    return wait;
  }

  /** Ends the wait for the client that is slowest. */
  void interruptSlowest() {
    interruptSlowest(wait -> true);
  }

  /** Ends the wait for a slow client that memory is held for; false if there is none. */
  boolean reclaimMemory() {
    return interruptSlowest(wait -> wait.holdsMemory() && wait.lagNanos() > TOLERATED_LAG);
  }

  private boolean interruptSlowest(Predicate<ClientWait> condition) {
    Optional<ClientWait> slowest;
    synchronized (this) {
      slowest =
          waits.stream()
              .filter(wait -> wait.thread() != Thread.currentThread() && condition.test(wait))
              .max(Comparator.comparingLong(ClientWait::lagNanos));
      slowest.ifPresent(waits::remove);
    }
    slowest.ifPresent(Deadline::expire);
    return slowest.isPresent();
  }

  synchronized void remove(ClientWait wait) {
    waits.remove(wait);
  }
}
