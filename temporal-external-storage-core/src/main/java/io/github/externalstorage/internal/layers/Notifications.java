package io.github.externalstorage.internal.layers;

import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Calls those that observe a storage, without letting them fail the work that they observe.
 *
 * @param listener the user's, null if there is none
 */
public record Notifications(StorageMetrics metrics, @Nullable StorageListener listener) {

  static final Notifications NONE = new Notifications(new StorageMetrics(null), null);

  public void send(Consumer<StorageListener> call) {
    if (metrics.isEnabled()) {
      send(call, metrics);
    }
    if (listener != null) {
      send(call, listener);
    }
  }

  /** Reports the end of a call. */
  void sendFailure(StorageEvent event, Throwable failure) {
    if (metrics.isEnabled()) {
      // As it is, since a cancelled call is not a fault of the storage.
      send(observer -> observer.onFailed(event, failure), metrics);
    }
    if (listener != null) {
      send(observer -> observer.onFailed(event, Futures.explained(failure)), listener);
    }
  }

  boolean areObserved() {
    return listener != null || metrics.isEnabled();
  }

  private static void send(Consumer<StorageListener> call, StorageListener observer) {
    try {
      call.accept(observer);
    } catch (RuntimeException e) {
      // Promised in StorageListener's contract.
    }
  }
}
