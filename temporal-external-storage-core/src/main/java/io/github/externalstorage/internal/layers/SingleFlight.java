package io.github.externalstorage.internal.layers;

import io.github.externalstorage.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets equal calls that are in progress share one. Each caller has a future of its own: cancelling
 * it affects that caller only, and the shared call is cancelled with its last caller.
 */
final class SingleFlight<K, T> {

  private final ConcurrentMap<K, SharedCall> calls = new ConcurrentHashMap<>();

  /** Joins the call of a key, or starts it. */
  CompletableFuture<T> join(K key, Supplier<CompletableFuture<T>> call) {
    while (true) {
      SharedCall mine = new SharedCall(key);
      SharedCall running = calls.putIfAbsent(key, mine);
      CompletableFuture<T> caller = (running == null ? mine : running).addCaller();
      if (caller != null) {
        if (running == null) {
          mine.start(call);
        }
        return caller;
      }
    }
  }

  private final class SharedCall {
    private final K key;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private int callers;
    private boolean abandoned;

    private SharedCall(K key) {
      this.key = key;
    }

    private void start(Supplier<CompletableFuture<T>> call) {
      Futures.completeWith(
          result,
          Futures.observed(Futures.call(call), (value, failure) -> calls.remove(key, this)));
    }

    /** The future of one caller; null if the call was just cancelled, with its last caller. */
    private @Nullable CompletableFuture<T> addCaller() {
      synchronized (this) {
        if (abandoned) {
          return null;
        }
        callers++;
      }
      CompletableFuture<T> caller = Futures.map(result.copy(), value -> value);
      Futures.onFailure(caller, this::removeCaller);
      return caller;
    }

    private void removeCaller() {
      synchronized (this) {
        abandoned |= --callers == 0;
        if (!abandoned) {
          return;
        }
      }
      calls.remove(key, this);
      result.cancel(true);
    }
  }
}
