package io.github.externalstorage.codec.http.internal.server;

import java.net.SocketTimeoutException;
import java.time.Duration;

/**
 * The time that a thread spends on receiving from a client or sending to it. The client may fall
 * behind a minimum rate for as long as the timeout; then the thread is interrupted.
 */
final class ClientWait extends Deadline {

  private static final long NANOS_PER_BYTE = Duration.ofSeconds(1).toNanos() / (256 * 1024);

  /** The time in which a client that sends slowly still gets a reply. */
  private static final long GRACE = Duration.ofSeconds(1).toNanos();

  private final ClientWaits waits;
  private final boolean holdsMemory;
  private final long timeout;
  private volatile long start = System.nanoTime();
  private volatile long bytes;
  private volatile long lastMove = start;
  private volatile boolean givenUp;

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

  /** Leaves out time in which the client was not waited for. */
  void exclude(long nanos) {
    long later = start + nanos;
    start = later;
    lastMove = System.nanoTime();
  }

  /** Whether a body or payloads are held for so long. */
  boolean holdsMemory() {
    return holdsMemory;
  }

  /** Ends the wait, to free the thread for others. */
  void giveUp() {
    givenUp = true;
    expire();
  }

  /** Whether the thread is not to wait for this client any more. */
  boolean isGivenUp() {
    return givenUp;
  }

  /**
   * How slow the client is in comparison with others: how far it is behind, or for how long it has
   * not moved. Else one that reads nothing would seem fast as long as the connection buffers.
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
