package io.github.externalstorage;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The behaviours of a storage: its settings, and the one place that decides in which order they go
 * around a driver. What several drivers share, they share within one storage only.
 */
final class DriverLayers {

  private final StorageRetryOptions retryOptions;
  private final @Nullable StorageListener listener;
  private final boolean caching;
  private final PayloadCache cache;
  private final StorageBounds bounds;
  private final @Nullable Set<String> readableNamespaces;

  private DriverLayers(Builder builder) {
    retryOptions = builder.retryOptions;
    listener = builder.listener == null ? null : new SafeListener(builder.listener);
    caching = builder.cacheMaxBytes > 0;
    cache = new PayloadCache(builder.cacheMaxBytes, builder.cacheMaxAge, InstantSource.system());
    bounds = new StorageBounds(builder.maxConcurrentOperations, builder.maxBytesInFlight);
    readableNamespaces = builder.readableNamespaces;
  }

  /** From the driver outwards; a call goes through from the last to the first. */
  StorageDriver around(StorageDriver driver) {
    StorageDriver layered = new CheckingStorageDriver(driver);
    layered = new RetryingStorageDriver(layered, retryOptions, RetryTimer.SYSTEM, listener);
    if (listener != null) {
      layered = new ListeningStorageDriver(layered, listener);
    }
    layered = new LimitingStorageDriver(layered, bounds);
    // Without a cache a batch stays one call, unless the driver has no batches and would only turn
    // it into many requests that count as one.
    if (caching || driver instanceof SinglePayloadStorageDriver) {
      layered = new CachingStorageDriver(layered, cache, listener);
    }
    return new ConfiningStorageDriver(layered, readableNamespaces);
  }

  /** The settings, with their defaults. */
  static final class Builder {
    StorageRetryOptions retryOptions = StorageRetryOptions.getDefaultInstance();
    @Nullable StorageListener listener;
    long cacheMaxBytes = PayloadCache.DEFAULT_MAX_BYTES;
    Duration cacheMaxAge = PayloadCache.DEFAULT_MAX_AGE;
    int maxConcurrentOperations = StorageBounds.DEFAULT_OPERATIONS;
    long maxBytesInFlight = StorageBounds.defaultBytes();
    @Nullable Set<String> readableNamespaces;

    DriverLayers build() {
      return new DriverLayers(this);
    }
  }
}
