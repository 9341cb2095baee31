package io.github.externalstorage.codec.http;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes that all requests together hold: bodies, and payloads to be sent. */
final class MemoryBudget {

  private final long capacity;
  private final AtomicLong used = new AtomicLong();

  MemoryBudget(long capacity) {
    this.capacity = capacity;
  }

  Share open() {
    return new Share();
  }

  /** One request's part, given back as a whole. */
  final class Share implements AutoCloseable {

    private long held;
    private boolean closed;

    private Share() {}

    /**
     * Takes more.
     *
     * @throws Refusal 503 if others hold too much, 413 if it would be too much for one alone
     * @throws CancellationException if the request has already been answered
     */
    synchronized void add(long bytes) {
      if (closed) {
        throw new CancellationException();
      }
      if (held + bytes > capacity) {
        throw new Refusal(
            413, "The request needs more than %d bytes of memory".formatted(capacity));
      }
      if (used.addAndGet(bytes) > capacity) {
        used.addAndGet(-bytes);
        throw Refusal.overloaded("Other requests hold too much memory; try again");
      }
      held += bytes;
    }

    @Override
    public synchronized void close() {
      closed = true;
      used.addAndGet(-held);
      held = 0;
    }
  }
}
