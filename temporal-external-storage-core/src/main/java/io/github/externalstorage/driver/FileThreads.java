package io.github.externalstorage.driver;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads of a {@link FileStorageDriver}, on which it blocks. Thread-safe. */
final class FileThreads implements AutoCloseable {

  /** More would hardly make one disk faster. */
  static final int COUNT = 16;

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final Executor executor;
  private final @Nullable ThreadPoolExecutor owned;
  private final long stallNanos;
  private volatile long progressedAt = System.nanoTime();
  private volatile boolean closed;

  /**
   * @param executor owned by the caller; null to use the driver's own threads
   */
  FileThreads(@Nullable Executor executor, Duration stallTimeout) {
    if (executor == null) {
      ThreadPoolExecutor ownThreads = newThreads();
      owned = ownThreads;
      this.executor = ownThreads;
    } else {
      owned = null;
      this.executor = executor;
    }
    // Unlike toNanos, this does not overflow, and neither do sums with it.
    stallNanos = Math.min(TimeUnit.NANOSECONDS.convert(stallTimeout), Long.MAX_VALUE / 4);
  }

  private static ThreadPoolExecutor newThreads() {
    ThreadFactory daemons =
        task -> {
          Thread thread = new Thread(task, "file-storage-" + NUMBERS.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        };
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            COUNT, COUNT, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons);
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  void execute(Runnable task) {
    executor.execute(task);
  }

  /** Ends idle threads. Calls that have begun go on: each may need further steps. */
  @Override
  public void close() {
    closed = true;
    if (owned != null) {
      owned.setKeepAliveTime(1, TimeUnit.NANOSECONDS);
    }
  }

  boolean isClosed() {
    return closed;
  }

  /** Whether the caller's executor, if it is one that can be, was shut down. */
  boolean isShutdown() {
    return executor instanceof ExecutorService service && service.isShutdown();
  }

  long stallNanos() {
    return stallNanos;
  }

  void progressed(long now) {
    progressedAt = now;
  }

  /** When any operation made progress. */
  long progressedAt() {
    return progressedAt;
  }
}
