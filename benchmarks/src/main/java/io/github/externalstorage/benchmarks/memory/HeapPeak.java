package io.github.externalstorage.benchmarks.memory;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The peak of the heap in use. It is measured after full garbage collections, which run regularly.
 */
final class HeapPeak {

  private static final int INTERVAL_MILLIS = 500;

  private final AtomicLong peak = new AtomicLong();
  private final ScheduledExecutorService sampler =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
          });

  HeapPeak() {
    sampler.scheduleWithFixedDelay(this::sample, INTERVAL_MILLIS, INTERVAL_MILLIS, MILLISECONDS);
  }

  /** In MiB, since the last call. */
  long take() {
    sample();
    return peak.getAndSet(0) >> 20;
  }

  private void sample() {
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    peak.accumulateAndGet(used, Math::max);
  }
}
