package io.github.externalstorage.codec.http;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * How long a client is waited for: a while, and longer for what moves, so that a large body may
 * take its time and a trickle may not. One thread waits, others ask.
 */
final class ClientPatience {

  private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / (256 * 1024);

  private volatile boolean waiting;
  private volatile long deadline;

  /** Begins to wait. */
  void begin(Duration limit) {
    deadline = System.nanoTime() + limit.toNanos();
    waiting = true;
  }

  /** Grants more time for bytes that moved. */
  void extend(int bytes) {
    long extended = deadline + bytes * NANOS_PER_BYTE;
    deadline = extended;
  }

  /** Nobody waits for the client now. */
  void end() {
    waiting = false;
  }

  /**
   * The time left.
   *
   * @throws SocketTimeoutException if there is none
   */
  int remainingMillis() throws SocketTimeoutException {
    long millis = (deadline - System.nanoTime()) / 1_000_000;
    if (millis <= 0) {
      throw new SocketTimeoutException();
    }
    return (int) Math.min(millis, Integer.MAX_VALUE);
  }

  /** Whether the time was over so long ago that whoever waits must be stuck. */
  boolean isOverdue(Duration grace) {
    return waiting && System.nanoTime() - deadline > grace.toNanos();
  }
}
