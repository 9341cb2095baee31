package io.github.externalstorage.internal.futures;

import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Composes futures so that cancellation and the first failure reach the work behind them. */
public final class Futures {

  private Futures() {}

  /** Calls a driver; what it throws, or a null it returns, becomes a failed future. */
  public static <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> operation) {
    try {
      CompletableFuture<T> future = operation.get();
      return future != null
          ? future
          : CompletableFuture.failedFuture(
              new StorageException(
                  StorageException.Reason.MISCONFIGURED,
                  "A storage driver returned null instead of a future"));
    } catch (Throwable t) {
      return CompletableFuture.failedFuture(t);
    }
  }

  /**
   * All results in order. The first failure completes the list at once and cancels the rest;
   * cancelling the list cancels all.
   */
  public static <T> CompletableFuture<List<T>> allAsList(List<CompletableFuture<T>> futures) {
    CompletableFuture<List<T>> result = new CompletableFuture<>();
    for (CompletableFuture<T> future : futures) {
      future.whenComplete(
          (value, failure) -> {
            if (failure != null) {
              result.completeExceptionally(unwrap(failure));
            }
          });
    }
    CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0]))
        .whenComplete(
            (done, failure) -> {
              if (failure == null) {
                List<T> values = new ArrayList<>(futures.size());
                futures.forEach(future -> values.add(future.join()));
                result.complete(values);
              }
            });
    onFailure(result, () -> futures.forEach(future -> future.cancel(true)));
    return result;
  }

  /** Like {@code thenApply}, but cancelling the returned future cancels the source. */
  public static <T, R> CompletableFuture<R> map(
      CompletableFuture<T> source, Function<? super T, ? extends R> function) {
    return flatMap(source, value -> CompletableFuture.completedFuture(function.apply(value)));
  }

  /**
   * Calls an action before the result reaches those that wait for it, so that nothing keeps a large
   * result in memory once they continue.
   *
   * @param action given the result, or the failure without wrappers; must not throw
   */
  public static <T> CompletableFuture<T> observed(
      CompletableFuture<T> source,
      BiConsumer<? super @Nullable T, ? super @Nullable Throwable> action) {
    CompletableFuture<T> result = new CompletableFuture<>();
    source.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            action.accept(value, null);
            result.complete(value);
          } else {
            Throwable unwrapped = unwrap(failure);
            action.accept(null, unwrapped);
            result.completeExceptionally(unwrapped);
          }
        });
    cancelWith(result, source);
    return result;
  }

  /** Like {@code thenCompose}, but cancelling the returned future cancels what is in progress. */
  public static <T, R> CompletableFuture<R> flatMap(
      CompletableFuture<T> source, Function<? super T, CompletableFuture<R>> function) {
    CompletableFuture<R> result = new CompletableFuture<>();
    source.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            completeWith(result, call(() -> function.apply(value)));
          } else {
            result.completeExceptionally(unwrap(failure));
          }
        });
    cancelWith(result, source);
    return result;
  }

  /**
   * Like {@code exceptionallyCompose}, but cancelling the returned future cancels what is in
   * progress.
   *
   * @param function given the failure without wrappers
   */
  public static <T> CompletableFuture<T> recover(
      CompletableFuture<T> source, Function<Throwable, CompletableFuture<T>> function) {
    CompletableFuture<T> result = new CompletableFuture<>();
    source.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            completeWith(result, call(() -> function.apply(unwrap(failure))));
          }
        });
    cancelWith(result, source);
    return result;
  }

  /** An operation on each item, all at once, in order; the first failure cancels the rest. */
  public static <T, R> CompletableFuture<List<R>> sideBySide(
      CancellationToken token, List<T> items, Function<T, CompletableFuture<R>> operation) {
    List<CompletableFuture<R>> futures =
        items.stream().map(item -> call(() -> operation.apply(item))).toList();
    return cancelOn(token, allAsList(futures));
  }

  /** Completes {@code result} as {@code work} ends, and cancels the work when it was cancelled. */
  public static <T> void completeWith(CompletableFuture<T> result, CompletableFuture<T> work) {
    work.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            result.complete(value);
          } else {
            result.completeExceptionally(unwrap(failure));
          }
        });
    cancelWith(result, work);
  }

  /** Cancels {@code work} when {@code result} was cancelled. */
  public static void cancelWith(CompletableFuture<?> result, CompletableFuture<?> work) {
    result.whenComplete(
        (value, failure) -> {
          if (failure instanceof CancellationException) {
            work.cancel(true);
          }
        });
  }

  /** Cancels {@code future} when the token is cancelled, and leaves the token when it is done. */
  public static <T> CompletableFuture<T> cancelOn(
      CancellationToken token, CompletableFuture<T> future) {
    if (token != CancellationToken.none()) {
      CancellationToken.Registration registration = token.onCancel(() -> future.cancel(true));
      future.whenComplete((value, failure) -> registration.close());
    }
    return future;
  }

  /**
   * The future for code outside of this library: a {@link CancellationException} has no message,
   * which is of no use in a log, so it is replaced.
   */
  public static <T> CompletableFuture<T> explainCancellation(CompletableFuture<T> source) {
    return recover(source, failure -> CompletableFuture.failedFuture(explained(failure)));
  }

  /** A failure as {@link #explainCancellation} gives it. */
  public static Throwable explained(Throwable failure) {
    Throwable unwrapped = unwrap(failure);
    return unwrapped instanceof CancellationException
        ? new StorageException(
            StorageException.Reason.UNAVAILABLE,
            true,
            "The call to the external storage was cancelled, since the worker or client is shutting"
                + " down or no longer waits for the payload",
            null)
        : unwrapped;
  }

  /** Runs an action when a future has failed or was cancelled. */
  public static void onFailure(CompletableFuture<?> future, Runnable action) {
    future.whenComplete(
        (value, failure) -> {
          if (failure != null) {
            action.run();
          }
        });
  }

  /** The failure itself, without the wrappers that futures put around it. */
  public static Throwable unwrap(Throwable failure) {
    Throwable result = failure;
    while (result instanceof CompletionException || result instanceof ExecutionException) {
      Throwable cause = result.getCause();
      if (cause == null) {
        break;
      }
      result = cause;
    }
    return result;
  }
}
