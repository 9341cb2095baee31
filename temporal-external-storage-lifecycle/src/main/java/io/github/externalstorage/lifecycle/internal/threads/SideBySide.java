package io.github.externalstorage.lifecycle.internal.threads;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Threads that work on several items at once. */
public final class SideBySide implements AutoCloseable {

  private final ExecutorService threads;

  /**
   * @param concurrency how many items are worked on at once
   */
  public SideBySide(int concurrency) {
    threads =
        Executors.newFixedThreadPool(
            concurrency,
            work -> {
              Thread thread = new Thread(work, "temporal-external-storage-lifecycle");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Works on all items, and returns when all are done.
   *
   * @throws RuntimeException the first failure; what is still in progress then is interrupted when
   *     this is closed
   */
  public <T> void each(List<T> items, Consumer<T> work) {
    CompletionService<Void> underWay = new ExecutorCompletionService<>(threads);
    for (T item : items) {
      Future<Void> unused =
          underWay.submit(
              () -> {
                work.accept(item);
                return null;
              });
    }
    for (int i = 0; i < items.size(); i++) {
      await(underWay);
    }
  }

  private static void await(CompletionService<Void> underWay) {
    try {
      underWay.take().get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException failure) {
        throw failure;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("Interrupted");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
