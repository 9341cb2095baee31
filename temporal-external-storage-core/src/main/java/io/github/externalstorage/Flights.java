package io.github.externalstorage;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets equal calls that are under way share one. Each caller has a future of its own: cancelling it
 * takes that caller out, and only when the last has left is the call cancelled.
 */
final class Flights<K, T> {

  private final ConcurrentMap<K, Flight> flights = new ConcurrentHashMap<>();

  /**
   * Joins the call of a key, or starts it.
   *
   * @param call given the cancellation of the shared call
   */
  CompletableFuture<T> join(K key, Function<CancellationToken, CompletableFuture<T>> call) {
    while (true) {
      Flight mine = new Flight(key);
      Flight flight = flights.putIfAbsent(key, mine);
      CompletableFuture<T> seat = (flight == null ? mine : flight).board();
      if (seat != null) {
        if (flight == null) {
          mine.start(call);
        }
        return seat;
      }
    }
  }

  private final class Flight {
    private final K key;
    private final CompletableFuture<T> shared = new CompletableFuture<>();
    private final CancellationSource cancellation = new CancellationSource();
    private int passengers;
    private boolean abandoned;

    private Flight(K key) {
      this.key = key;
    }

    private void start(Function<CancellationToken, CompletableFuture<T>> call) {
      CompletableFuture<T> work = Futures.call(() -> call.apply(cancellation));
      work.whenComplete(
          (value, failure) -> {
            flights.remove(key, this);
            if (failure == null) {
              shared.complete(value);
            } else {
              shared.completeExceptionally(Futures.unwrap(failure));
            }
          });
      Futures.cancelOn(cancellation, work);
    }

    /** A future of one caller; null if all others have just left. */
    private @Nullable CompletableFuture<T> board() {
      synchronized (this) {
        if (abandoned) {
          return null;
        }
        passengers++;
      }
      CompletableFuture<T> seat = Futures.map(shared.copy(), value -> value);
      Futures.onFailure(seat, this::leave);
      return seat;
    }

    private void leave() {
      synchronized (this) {
        abandoned |= --passengers == 0;
        if (!abandoned) {
          return;
        }
      }
      flights.remove(key, this);
      cancellation.cancel();
    }
  }
}
