package io.github.externalstorage.internal.layers;

import io.github.externalstorage.options.StorageListener;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Calls a user's listener, if there is one, without letting it fail the work that it observes. */
public record Notifications(@Nullable StorageListener listener) {

  static final Notifications NONE = new Notifications(null);

  public void send(Consumer<StorageListener> call) {
    if (listener == null) {
      return;
    }
    try {
      call.accept(listener);
    } catch (RuntimeException e) {
      // Promised in StorageListener's contract.
    }
  }
}
