package io.github.externalstorage.s3;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Gives a request up that does not proceed, whatever timeouts the caller's client has: only so can
 * it be made again before a workflow task times out. Thread-safe.
 */
final class TransferWatch {

  private final TransferPace pace;
  private final Runnable onGivenUp;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /**
   * Watches from {@link #start} on.
   *
   * @param patience see {@link TransferPace}
   * @param onGivenUp called at most once, and not after the end
   */
  TransferWatch(Duration patience, Runnable onGivenUp) {
    // Unlike toNanos it takes 300 years and more for the longest time there is.
    pace = new TransferPace(TimeUnit.NANOSECONDS.convert(patience), System.nanoTime());
    this.onGivenUp = onGivenUp;
  }

  /** The request was made, which takes long where all that a client needs is loaded first. */
  void start() {
    synchronized (pace) {
      pace.begin(System.nanoTime());
    }
    look();
  }

  void progressed(int byteCount) {
    synchronized (pace) {
      pace.progressed(byteCount, System.nanoTime());
    }
  }

  void end() {
    end.complete(null);
  }

  private void look() {
    long left;
    synchronized (pace) {
      left = pace.patienceLeft(System.nanoTime());
    }
    if (left <= 0) {
      if (end.complete(null)) {
        onGivenUp.run();
      }
      return;
    }
    CompletableFuture<Void> pause = new CompletableFuture<>();
    end.whenComplete((ended, failure) -> pause.cancel(false));
    pause.completeOnTimeout(null, left, TimeUnit.NANOSECONDS).thenRun(this::look);
  }
}
