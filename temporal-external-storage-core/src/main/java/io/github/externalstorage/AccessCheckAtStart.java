package io.github.externalstorage;

import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.options.StartupCheck;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a storage when workers start, once however many of them share it, so that a missing bucket
 * or permission is reported before the first large payload. Thread-safe.
 */
final class AccessCheckAtStart {

  private static final Logger log = LoggerFactory.getLogger(AccessCheckAtStart.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Supplier<CompletableFuture<List<String>>> check;
  private @Nullable CompletableFuture<List<String>> latest;
  private boolean closed;

  /**
   * @param check returns what it could not determine, or fails
   */
  AccessCheckAtStart(Supplier<CompletableFuture<List<String>>> check) {
    this.check = check;
  }

  /**
   * Checks the storage, unless a check is in progress or has succeeded.
   *
   * @throws IllegalStateException if the mode is to fail, and payloads can't be stored and
   *     retrieved
   */
  void run(StartupCheck mode) {
    if (mode == StartupCheck.OFF) {
      return;
    }
    CompletableFuture<List<String>> result = startOrJoin(mode);
    if (mode == StartupCheck.FAIL) {
      try {
        result.join();
      } catch (CompletionException e) {
        throw new IllegalStateException(message(e), Futures.unwrap(e));
      }
    }
  }

  /** Aborts a check in progress, since it would report the end of the storage as a fault. */
  synchronized void cancel() {
    closed = true;
    if (latest != null) {
      latest.cancel(true);
    }
  }

  private synchronized CompletableFuture<List<String>> startOrJoin(StartupCheck mode) {
    CompletableFuture<List<String>> previous = latest;
    if (previous != null && (mode == StartupCheck.WARN || !previous.isCompletedExceptionally())) {
      return previous;
    }
    CompletableFuture<List<String>> started = start();
    latest = started;
    started.whenComplete((doubts, failure) -> log(mode, doubts, failure));
    return started;
  }

  /** On a thread of its own, since drivers may block. */
  private CompletableFuture<List<String>> start() {
    CompletableFuture<List<String>> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              CompletableFuture<List<String>> requests = Futures.call(check);
              Futures.completeWith(result, requests);
              // Also after the timeout.
              Futures.onFailure(result, () -> requests.cancel(true));
            },
            "external-storage-startup-check");
    thread.setDaemon(true);
    thread.start();
    return result.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
  }

  private synchronized void log(
      StartupCheck mode, @Nullable List<String> doubts, @Nullable Throwable failure) {
    if (closed) {
      return;
    }
    if (doubts != null) {
      doubts.forEach(log::warn);
    } else if (failure != null && mode == StartupCheck.WARN) {
      log.error(message(failure), failure);
    }
  }

  private static String message(Throwable failure) {
    Throwable cause = Futures.unwrap(failure);
    return "Large payloads can't be stored and retrieved: %s"
        .formatted(
            cause instanceof TimeoutException
                ? "the storage did not respond within %s s; check its endpoint and the network"
                    .formatted(TIMEOUT.toSeconds())
                : cause.getMessage());
  }
}
