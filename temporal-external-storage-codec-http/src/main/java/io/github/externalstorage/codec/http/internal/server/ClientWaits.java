package io.github.externalstorage.codec.http.internal.server;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The clients that threads are waiting for, so that slow ones can't occupy the server. Beyond a
 * maximum, the slowest client is disconnected at once, and beyond half of it, those that stay slow.
 */
final class ClientWaits {

  /**
   * Clients that are less slow are not disconnected in favor of others: they may be nearly done.
   */
  private static final long MIN_SLOWNESS = Duration.ofMillis(100).toNanos();

  /** Clients that are less slow keep their memory. */
  private static final long MIN_SLOWNESS_WITH_MEMORY = Duration.ofSeconds(1).toNanos();

  private final int max;
  private final Set<ClientWait> waits = new HashSet<>();
  private boolean trimming;

  ClientWaits(int max) {
    this.max = max;
  }

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
      trimLater();
      if (waits.size() <= max) {
        return wait;
      }
    }
    interruptSlowest();
    return wait;
  }

  private synchronized void trimLater() {
    if (isCrowded() && !trimming) {
      trimming = true;
      // As in Deadline, this runs on the JDK's timer thread.
      var unused =
          new CompletableFuture<Void>()
              .orTimeout(MIN_SLOWNESS, TimeUnit.NANOSECONDS)
              .whenComplete((nothing, timeout) -> trim());
    }
  }

  private void trim() {
    boolean trimmed = true;
    while (trimmed && isCrowded()) {
      trimmed = interruptSlowest(wait -> wait.slownessNanos() > MIN_SLOWNESS);
    }
    synchronized (this) {
      trimming = false;
      trimLater();
    }
  }

  private synchronized boolean isCrowded() {
    return waits.size() > max / 2;
  }

  /** Ends the wait for the client that is slowest. */
  void interruptSlowest() {
    interruptSlowest(wait -> true);
  }

  /** Ends the wait for a slow client that memory is held for; false if there is none. */
  boolean reclaimMemory() {
    return interruptSlowest(
        wait -> wait.holdsMemory() && wait.slownessNanos() > MIN_SLOWNESS_WITH_MEMORY);
  }

  private boolean interruptSlowest(Predicate<ClientWait> condition) {
    Optional<ClientWait> slowest;
    synchronized (this) {
      slowest =
          waits.stream()
              .filter(wait -> wait.thread() != Thread.currentThread() && condition.test(wait))
              .max(Comparator.comparingLong(ClientWait::slownessNanos));
      slowest.ifPresent(waits::remove);
    }
    slowest.ifPresent(ClientWait::abandon);
    return slowest.isPresent();
  }

  synchronized void remove(ClientWait wait) {
    waits.remove(wait);
  }
}
