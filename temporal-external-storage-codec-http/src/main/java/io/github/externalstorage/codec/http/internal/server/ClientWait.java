package io.github.externalstorage.codec.http.internal.server;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * A deadline for receiving from a client or sending to it. The client may fall behind a minimum
 * rate by the timeout; then the thread is interrupted.
 */
final class ClientWait extends Deadline {

  private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / (256 * 1024);

  /** The additional time in which a client that sends slowly still gets a response. */
  private static final long GRACE = Duration.ofSeconds(1).toNanos();

  private final ClientWaits waits;
  private final boolean holdsMemory;
  private final long timeout;
  private volatile long start = System.nanoTime();
  private volatile long bytes;
  private volatile long lastMove = start;
  private volatile boolean abandoned;

  ClientWait(ClientWaits waits, Duration timeout, boolean holdsMemory) {
    this.holdsMemory = holdsMemory;
    this.waits = waits;
    this.timeout = timeout.toNanos();
    start(this.timeout + GRACE);
  }

  /**
   * Counts bytes that were received or sent.
   *
   * @throws SocketTimeoutException if the client is too slow
   */
  void moved(int count) throws SocketTimeoutException {
    long moved = bytes + count;
    bytes = moved;
    lastMove = System.nanoTime();
    if (isExpired() || lagNanos() > timeout) {
      throw new SocketTimeoutException("The client is too slow");
    }
  }

  /** Excludes time that was not spent waiting for the client. */
  void exclude(long nanos) {
    long later = start + nanos;
    start = later;
    lastMove = System.nanoTime();
  }

  /** Whether a body or payloads are held in memory meanwhile. */
  boolean holdsMemory() {
    return holdsMemory;
  }

  /** Ends the wait, to free the thread for other clients. */
  void abandon() {
    abandoned = true;
    expire();
  }

  /** Whether the thread should not wait for this client any longer. */
  boolean isAbandoned() {
    return abandoned;
  }

  /**
   * How slow the client is in comparison with others: how far it is behind, or how long it has made
   * no progress, whichever is longer. A client that reads nothing is not behind as long as the
   * connection's buffers have room.
   */
  long slownessNanos() {
    return Math.max(lagNanos(), System.nanoTime() - lastMove);
  }

  /** How far the client is behind the minimum rate. */
  long lagNanos() {
    return System.nanoTime() - start - bytes * NANOS_PER_BYTE;
  }

  @Override
  long remainingNanos() {
    return timeout + GRACE - lagNanos();
  }

  @Override
  public void close() {
    waits.remove(this);
    super.close();
  }
}
