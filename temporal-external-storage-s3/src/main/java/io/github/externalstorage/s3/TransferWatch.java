package io.github.externalstorage.s3;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Gives a request up that has stalled, whatever timeouts the caller's client has: only so can it be
 * made again before a workflow task times out. Thread-safe.
 */
final class TransferWatch {

  /** What others do may shorten the time that a request has left. */
  private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(500);

  private final TransferPace pace;
  private final Transfer transfer;
  private final Runnable onGivenUp;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /**
   * Watches from now on.
   *
   * @param onGivenUp called at most once, and not after the end
   */
  TransferWatch(TransferPace pace, Transfer.Kind kind, Runnable onGivenUp) {
    this.pace = pace;
    this.onGivenUp = onGivenUp;
    transfer = pace.begin(kind, System.nanoTime());
  }

  /** The request was made, which takes long where all that a client needs is loaded first. */
  void start() {
    pace.made(transfer, System.nanoTime());
    look();
  }

  /** Its body begins to be sent. */
  void connected() {
    pace.connected(transfer, System.nanoTime());
  }

  void sent(int byteCount) {
    pace.sent(transfer, byteCount, System.nanoTime());
  }

  void received(int byteCount) {
    pace.received(transfer, byteCount, System.nanoTime());
  }

  /** An answer has come to its end. */
  void answered() {
    pace.answered(transfer, System.nanoTime());
    end.complete(null);
  }

  /** The request failed or was cancelled. */
  void end() {
    pace.end(transfer, System.nanoTime());
    end.complete(null);
  }

  /** Whether any other request of the driver has got on since this one was made. */
  boolean othersMoved() {
    return pace.othersMoved(transfer);
  }

  private void look() {
    long left = pace.nanosLeft(transfer, System.nanoTime());
    if (left <= 0) {
      if (end.complete(null)) {
        onGivenUp.run();
      }
      return;
    }
    CompletableFuture<Void> pause = new CompletableFuture<>();
    end.whenComplete((ended, failure) -> pause.cancel(false));
    pause
        .completeOnTimeout(null, Math.min(left, LOOK_AGAIN), TimeUnit.NANOSECONDS)
        .thenRun(this::look);
  }
}
