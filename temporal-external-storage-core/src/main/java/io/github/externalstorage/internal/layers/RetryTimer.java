package io.github.externalstorage.internal.layers;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The clock and the pauses of retries; tests bring their own. */
public interface RetryTimer {

  RetryTimer SYSTEM =
      new RetryTimer() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public CompletableFuture<?> after(Duration pause) {
          return new CompletableFuture<>()
              .completeOnTimeout(pause, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
      };

  /** As {@link System#nanoTime()}. */
  long nanoTime();

  /** Completes after a pause. */
  CompletableFuture<?> after(Duration pause);
}
