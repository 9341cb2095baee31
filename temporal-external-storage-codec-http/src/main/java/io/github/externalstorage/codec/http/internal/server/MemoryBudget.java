package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.payloads.MemoryMeter;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Limits the memory that all requests together hold: bodies, payloads, and the objects around them.
 * An eighth is reserved for small requests, so that large ones can't lock them out.
 */
final class MemoryBudget {

  private static final long SMALL = 1024 * 1024;
  private static final long RELEASE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long capacity;
  private final BooleanSupplier reclaim;
  private long used;

  /**
   * @param capacity in bytes
   * @param reclaim makes another request release its memory soon; returns false if none can
   */
  MemoryBudget(long capacity, BooleanSupplier reclaim) {
    this.capacity = capacity;
    this.reclaim = reclaim;
  }

  Share open() {
    return new Share();
  }

  private long limit(long held) {
    return held <= Math.min(SMALL, capacity / 8) ? capacity : capacity - capacity / 8;
  }

  private void acquire(long bytes, long held) {
    long limit = limit(held + bytes);
    if (held + bytes > limit) {
      throw new HttpErrorException(
          413, "The request needs more than %d bytes of memory".formatted(limit));
    }
    while (!tryAcquire(bytes, limit)) {
      if (!reclaim.getAsBoolean() || !awaitRelease(bytes, limit)) {
        throw HttpErrorException.overloaded("Other requests hold too much memory; try again");
      }
    }
  }

  private synchronized boolean tryAcquire(long bytes, long limit) {
    if (used + bytes > limit) {
      return false;
    }
    used += bytes;
    return true;
  }

  /** Waits up to a second until there is room; returns false if this thread is interrupted. */
  private synchronized boolean awaitRelease(long bytes, long limit) {
    long end = System.nanoTime() + RELEASE_NANOS;
    try {
      for (long left = RELEASE_NANOS; used + bytes > limit && left > 0; ) {
        TimeUnit.NANOSECONDS.timedWait(this, left);
        left = end - System.nanoTime();
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized void release(long bytes) {
    used -= bytes;
    notifyAll();
  }

  /** The part of one request, used by one thread at a time. */
  final class Share implements MemoryMeter, AutoCloseable {

    private long held;

    private Share() {}

    @Override
    public void add(long bytes) {
      if (bytes <= 0) {
        // Also nothing: acquiring nothing would fail if small requests hold what is reserved.
        release(-bytes);
      } else {
        acquire(bytes, held);
      }
      held += bytes;
    }

    @Override
    public void close() {
      release(held);
      held = 0;
    }
  }
}
