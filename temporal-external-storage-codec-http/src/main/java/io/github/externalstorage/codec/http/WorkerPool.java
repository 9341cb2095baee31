package io.github.externalstorage.codec.http;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Where requests are worked on, apart from the threads that wait for clients: so many at once, so
 * many waiting, each for so long. Threads without work end by themselves.
 */
final class WorkerPool {

  private static final long KEEP_ALIVE_SECONDS = 10;

  private final ThreadPoolExecutor executor;
  private final Duration timeout;

  WorkerPool(int threads, int queue, Duration timeout) {
    this.timeout = timeout;
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queue),
            NamedThreads.daemons("codec-worker-"));
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Refuses early what would have to be refused after its body was received.
   *
   * @throws Refusal 503 if the queue is full
   */
  void requireRoom() {
    if (executor.getQueue().remainingCapacity() == 0) {
      throw tooMany();
    }
  }

  /**
   * Works on something and waits for it.
   *
   * @throws Refusal 503 if there is no room, 504 if it takes too long; then it is interrupted. What
   *     the work itself throws is thrown as it is.
   */
  <T> T call(Supplier<T> work) {
    FutureTask<T> task = new FutureTask<>(work::get);
    try {
      executor.execute(task);
      return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      throw tooMany();
    } catch (TimeoutException e) {
      cancel(task);
      throw new Refusal(504, "The request was not done within " + timeout);
    } catch (ExecutionException e) {
      throw thrown(e);
    } catch (InterruptedException e) {
      cancel(task);
      Thread.currentThread().interrupt();
      throw Refusal.overloaded("The server is being stopped");
    }
  }

  private void cancel(FutureTask<?> task) {
    task.cancel(true);
    executor.remove(task);
  }

  private static RuntimeException thrown(ExecutionException e) {
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return e.getCause() instanceof RuntimeException failure
        ? failure
        : new IllegalStateException(e);
  }

  private static Refusal tooMany() {
    return Refusal.overloaded("Too many requests at once; try again");
  }
}
