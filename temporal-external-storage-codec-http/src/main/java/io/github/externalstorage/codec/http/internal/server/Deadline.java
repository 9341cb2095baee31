package io.github.externalstorage.codec.http.internal.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that created it when it expires. An interrupt also ends blocking reads and
 * writes: the JDK's server then closes the connection.
 */
class Deadline implements AutoCloseable {

  private final Thread thread = Thread.currentThread();
  private CompletableFuture<Void> timer = new CompletableFuture<>();
  private boolean closed;
  private boolean expired;

  static Deadline after(Duration time) {
    Deadline deadline = new Deadline();
    deadline.start(time.toNanos());
    return deadline;
  }

  final synchronized void start(long nanos) {
    if (!closed) {
      // Uses the JDK's own timer thread, which drops timers that are completed early.
      timer = new CompletableFuture<Void>().orTimeout(Math.max(nanos, 1), TimeUnit.NANOSECONDS);
      timer.whenComplete((nothing, timeout) -> timeIsOver(timeout != null));
    }
  }

  private void timeIsOver(boolean timedOut) {
    if (timedOut) {
      long remaining = remainingNanos();
      if (remaining > 0) {
        start(remaining);
      } else {
        expire();
      }
    }
  }

  /** The time that is left when the timer ends, if it was extended. */
  long remainingNanos() {
    return 0;
  }

  /** Interrupts the thread now. */
  final synchronized void expire() {
    if (!closed && !expired) {
      expired = true;
      thread.interrupt();
    }
  }

  final synchronized boolean isExpired() {
    return expired;
  }

  final Thread thread() {
    return thread;
  }

  /**
   * Ends the deadline. Must be called by the thread that created it, which is not interrupted
   * afterwards.
   */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (expired) {
        Thread.interrupted();
      }
    }
    timer.complete(null);
  }
}
