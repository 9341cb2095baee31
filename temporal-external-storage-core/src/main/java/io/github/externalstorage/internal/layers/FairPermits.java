package io.github.externalstorage.internal.layers;

import io.github.externalstorage.internal.futures.Futures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A semaphore that never blocks a thread: it grants permits through futures, in the order of the
 * requests. A request for more permits than there are gets all of them.
 */
final class FairPermits {

  /** Permits that are held until this is closed. Closing again does nothing. */
  @FunctionalInterface
  interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  private final long capacity;
  private final Deque<Waiter> waiters = new ArrayDeque<>();
  private long available;

  FairPermits(long capacity) {
    this.capacity = capacity;
    this.available = capacity;
  }

  /** Completes when the permits are available; cancel the future to leave the queue. */
  CompletableFuture<Lease> acquire(long permits) {
    Waiter waiter = new Waiter(Math.min(permits, capacity));
    synchronized (this) {
      if (waiters.isEmpty() && waiter.permits <= available) {
        available -= waiter.permits;
        return CompletableFuture.completedFuture(lease(waiter.permits));
      }
      waiters.add(waiter);
    }
    // A waiter that leaves may have blocked those behind it.
    Futures.onFailure(waiter.granted, this::grant);
    return waiter.granted;
  }

  private Lease lease(long permits) {
    AtomicBoolean released = new AtomicBoolean();
    return () -> {
      if (released.compareAndSet(false, true)) {
        synchronized (this) {
          available += permits;
        }
        grant();
      }
    };
  }

  private void grant() {
    while (true) {
      Waiter next;
      synchronized (this) {
        next = firstWaiter();
        if (next == null || next.permits > available) {
          return;
        }
        waiters.remove();
        available -= next.permits;
      }
      next.grant(lease(next.permits));
    }
  }

  private @Nullable Waiter firstWaiter() {
    Waiter first = waiters.peek();
    while (first != null && first.granted.isDone()) {
      waiters.remove();
      first = waiters.peek();
    }
    return first;
  }

  private static final class Waiter {
    private final long permits;
    private final CompletableFuture<Lease> granted = new CompletableFuture<>();

    private Waiter(long permits) {
      this.permits = permits;
    }

    private void grant(Lease lease) {
      // On another thread; otherwise each call would start the next one deeper in its own stack.
      ForkJoinPool.commonPool()
          .execute(
              () -> {
                if (!granted.complete(lease)) {
                  lease.close();
                }
              });
    }
  }
}
