package io.github.externalstorage.internal.layers;

import io.github.externalstorage.StorageListener;
import io.github.externalstorage.StorageRetryOptions;
import io.github.externalstorage.driver.SinglePayloadStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The behaviours of a storage: its settings, and the one place that decides in which order they go
 * around a driver. What several drivers share, they share within one storage only.
 */
public final class DriverLayers {

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
  public StorageDriver around(StorageDriver driver) {
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
  public static final class Builder {
    public StorageRetryOptions retryOptions = StorageRetryOptions.getDefaultInstance();
    public @Nullable StorageListener listener;
    public long cacheMaxBytes = PayloadCache.defaultMaxBytes();
    public Duration cacheMaxAge = PayloadCache.DEFAULT_MAX_AGE;
    public int maxConcurrentOperations = StorageBounds.DEFAULT_OPERATIONS;
    public long maxBytesInFlight = StorageBounds.defaultBytes();
    public @Nullable Set<String> readableNamespaces;

    public DriverLayers build() {
      return new DriverLayers(this);
    }
  }
}
