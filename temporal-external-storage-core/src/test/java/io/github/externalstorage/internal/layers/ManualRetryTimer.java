package io.github.externalstorage.internal.layers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A clock that only the test advances. */
final class ManualRetryTimer implements RetryLoop.Clock {

  /** Such a clock may begin anywhere, and may overflow. */
  private long now = Long.MAX_VALUE - 1;

  private final List<Duration> pauses = new ArrayList<>();
  private CompletableFuture<?> pause = CompletableFuture.completedFuture(null);

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public CompletableFuture<?> after(Duration duration) {
    pauses.add(duration);
    pause = new CompletableFuture<>();
    return pause;
  }

  void pass(Duration time) {
    now += time.toNanos();
  }

  /** Ends the current pause. */
  void endPause() {
    pass(pauses.get(pauses.size() - 1));
    pause.complete(null);
  }

  /** All pauses so far. */
  List<Duration> pauses() {
    return pauses;
  }

  /** The current or last pause. */
  CompletableFuture<?> pause() {
    return pause;
  }
}
