package io.github.externalstorage.internal.transfers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Aborts a request that has stalled, regardless of the timeouts of the caller's client, so that it
 * can be retried before a workflow task times out. Thread-safe.
 */
public final class StallWatch {

  /** The interval between checks, since other requests may shorten the time that is left. */
  private static final long CHECK_INTERVAL = TimeUnit.MILLISECONDS.toNanos(500);

  private final StallDetector detector;
  private final Transfer transfer;
  private final Runnable onStalled;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /**
   * Starts watching.
   *
   * @param onStalled called when the request has stalled: at most once, and not after the end
   */
  public StallWatch(StallDetector detector, Transfer.Kind kind, Runnable onStalled) {
    this.detector = detector;
    this.onStalled = onStalled;
    transfer = detector.begin(kind, System.nanoTime());
  }

  /** The client has accepted the request, which can take long if it first has to load classes. */
  public void accepted() {
    detector.accepted(transfer, System.nanoTime());
    check();
  }

  /** The client starts to send the request body. */
  public void connected() {
    detector.connected(transfer, System.nanoTime());
  }

  public void sent(int byteCount) {
    detector.sent(transfer, byteCount, System.nanoTime());
  }

  public void received(int byteCount) {
    detector.received(transfer, byteCount, System.nanoTime());
  }

  /** The response is complete. */
  public void completed() {
    detector.completed(transfer, System.nanoTime());
    end.complete(null);
  }

  /** The request failed or was cancelled. */
  public void end() {
    detector.end(transfer, System.nanoTime());
    end.complete(null);
  }

  /** Whether any other request of the driver has made progress since this one started. */
  public boolean othersProgressed() {
    return detector.othersProgressed(transfer);
  }

  private void check() {
    long left = detector.nanosLeft(transfer, System.nanoTime());
    if (left <= 0) {
      if (end.complete(null)) {
        onStalled.run();
      }
      return;
    }
    CompletableFuture<Void> pause = new CompletableFuture<>();
    end.whenComplete((ended, failure) -> pause.cancel(false));
    pause
        .completeOnTimeout(null, Math.min(left, CHECK_INTERVAL), TimeUnit.NANOSECONDS)
        .thenRun(this::check);
  }
}
