package io.github.externalstorage.driver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call of a {@link FileStorageDriver}: steps on the driver's threads, and its result. A step
 * that makes no progress for too long makes the call fail. Its thread remains blocked, since no
 * operation of a file system can be interrupted. Thread-safe.
 *
 * @param <T> the result
 */
final class FileCall<T> {

  /** What a step does. */
  @FunctionalInterface
  interface Work<R> {
    R run() throws IOException;
  }

  private final FileThreads threads;
  private final String operation;
  private final Path root;
  private final Path file;
  private final long size;
  private final CompletableFuture<T> result = new CompletableFuture<>();
  private volatile long progressedAt;
  private volatile boolean waiting;
  private boolean inStep;
  private @Nullable CompletableFuture<Void> timer;

  /**
   * @param operation for messages, such as "store"
   * @param root the driver's directory
   * @param size how many bytes are to be written; 0 if none
   */
  FileCall(FileThreads threads, String operation, Path root, Path file, long size) {
    this.threads = threads;
    this.operation = operation;
    this.root = root;
    this.file = file;
    this.size = size;
    result.whenComplete((value, failure) -> stopTimer());
  }

  /** Runs the first step, as {@link #run} does, unless the driver is closed. */
  <R> void start(Work<R> work, Consumer<R> next) {
    if (threads.isClosed()) {
      fail(FileFault.CLOSED.failure(operation, file, null));
    } else {
      run(work, next);
    }
  }

  /**
   * Runs a step and passes on what it returns.
   *
   * @param next must not block; completes the call or runs another step
   */
  <R> void run(Work<R> work, Consumer<R> next) {
    progressedAt = System.nanoTime();
    waiting = true;
    synchronized (this) {
      inStep = true;
    }
    checkProgress();
    try {
      threads.execute(() -> runNow(work, next));
    } catch (RejectedExecutionException e) {
      fail(
          (threads.isShutdown() ? FileFault.CLOSED : FileFault.BUSY)
              .failure(operation, file, null));
    }
  }

  @SuppressWarnings("CatchingUnchecked") // The caller waits for the result, whatever happens.
  private <R> void runNow(Work<R> work, Consumer<R> next) {
    try {
      progress();
      waiting = false;
      R value = work.run();
      stopTimer();
      next.accept(value);
    } catch (Throwable e) {
      fail(e);
    }
  }

  /**
   * Records that the step makes progress.
   *
   * @throws CancellationException if the call has ended
   */
  void progress() {
    long now = System.nanoTime();
    progressedAt = now;
    threads.progressed(now);
    if (result.isDone()) {
      throw new CancellationException();
    }
  }

  /** Fails the call if it made no progress for too long; otherwise schedules the next check. */
  private void checkProgress() {
    long now = System.nanoTime();
    long idle = now - progressedAt;
    if (waiting) {
      // Other calls come first, as long as there is progress with them.
      idle = Math.min(idle, now - threads.progressedAt());
    }
    long remaining = threads.stallNanos() - idle;
    if (remaining > 0) {
      startTimer(remaining);
    } else {
      fail(FileFault.STALLED.failure(operation, file, null));
    }
  }

  private synchronized void startTimer(long nanos) {
    // A check that runs as a step ends must not count the time until the next step.
    if (inStep && !result.isDone()) {
      timer = new CompletableFuture<Void>().completeOnTimeout(null, nanos, TimeUnit.NANOSECONDS);
      var unused = timer.thenRunAsync(this::checkProgress);
    }
  }

  private synchronized void stopTimer() {
    inStep = false;
    if (timer != null) {
      timer.cancel(false);
    }
  }

  void complete(T value) {
    result.complete(value);
  }

  void fail(Throwable failure) {
    result.completeExceptionally(
        failure instanceof IOException e
            ? FileFault.of(e, root, size).failure(operation, file, e)
            : failure);
  }

  StorageException failure(FileFault fault, String details) {
    return fault.failure(operation, file, details, null);
  }

  /** The result; cancelled when the token is. */
  CompletableFuture<T> result(CancellationToken token) {
    CancellationToken.Registration registration = token.onCancel(() -> result.cancel(true));
    result.whenComplete((value, failure) -> registration.close());
    return result;
  }
}
