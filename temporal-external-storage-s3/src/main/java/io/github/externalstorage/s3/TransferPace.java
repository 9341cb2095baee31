package io.github.externalstorage.s3;

/**
 * Tells whether a request proceeds. It may stand still for a while, and it may lag that far behind
 * a pace that even a busy network keeps; a large object that keeps up may take its time. Times are
 * as of {@link System#nanoTime()}. Not thread-safe.
 */
final class TransferPace {

  /** Bytes a second. */
  static final int SLOWEST = 128 * 1024;

  private static final long NANOS_PER_BYTE = 1_000_000_000L / SLOWEST;

  private final long patience;
  private long start;
  private long lastProgress;
  private long bytes;

  /**
   * A request that begins.
   *
   * @param patience how long it may stand still or lag, in nanoseconds
   */
  TransferPace(long patience, long now) {
    this.patience = patience;
    start = now;
    lastProgress = now;
  }

  /** The request is under way only now; making it does not count. */
  void begin(long now) {
    start = now;
    lastProgress = now;
  }

  void progressed(int byteCount, long now) {
    bytes += byteCount;
    lastProgress = now;
  }

  /** In how many nanoseconds the request is to be given up if nothing happens; 0 or less: now. */
  long patienceLeft(long now) {
    long standstill = now - lastProgress;
    long lag = now - start - bytes * NANOS_PER_BYTE;
    return patience - Math.max(standstill, lag);
  }
}
