package io.github.externalstorage.internal.layers;

import io.github.externalstorage.InlinePayloadsEvent;
import io.github.externalstorage.StorageEvent;
import io.github.externalstorage.StorageListener;

/** A user's listener that can't fail the work it is told of. */
public record SafeListener(StorageListener listener) implements StorageListener {

  @Override
  public void onStored(StorageEvent event) {
    guard(() -> listener.onStored(event));
  }

  @Override
  public void onRetrieved(StorageEvent event) {
    guard(() -> listener.onRetrieved(event));
  }

  @Override
  public void onCacheHit(StorageEvent event) {
    guard(() -> listener.onCacheHit(event));
  }

  @Override
  public void onRetried(StorageEvent event, Throwable failure) {
    guard(() -> listener.onRetried(event, failure));
  }

  @Override
  public void onFailed(StorageEvent event, Throwable failure) {
    guard(() -> listener.onFailed(event, failure));
  }

  @Override
  public void onInlinePayloads(InlinePayloadsEvent event) {
    guard(() -> listener.onInlinePayloads(event));
  }

  private static void guard(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      // Promised in StorageListener's contract.
    }
  }
}
