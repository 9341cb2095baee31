package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.options.StorageRetryOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The behaviours of a storage, and the one place that decides in which order they go around a
 * driver. The drivers of a storage share its cache and its limits.
 */
public final class DriverLayers {

  private final StorageRetryOptions retryOptions;
  private final Notifications notifications;
  private final @Nullable PayloadCache cache;
  private final FairPermits operations;
  private final FairPermits bytes;
  private final @Nullable Set<String> readableNamespaces;

  /**
   * See the setters of {@code ExternalStorage.Builder}.
   *
   * @param readableNamespaces null for all
   */
  public DriverLayers(
      StorageRetryOptions retryOptions,
      Notifications notifications,
      long cacheMaxBytes,
      Duration cacheMaxAge,
      int maxConcurrentOperations,
      long maxBytesInFlight,
      @Nullable Set<String> readableNamespaces) {
    this.retryOptions = retryOptions;
    this.notifications = notifications;
    cache =
        cacheMaxBytes == 0
            ? null
            : new PayloadCache(cacheMaxBytes, cacheMaxAge, InstantSource.system());
    operations = new FairPermits(maxConcurrentOperations);
    bytes = new FairPermits(maxBytesInFlight);
    this.readableNamespaces = readableNamespaces;
  }

  /** Only limits and retries, for calls that must reach the driver. */
  public StorageDriver withoutCache(StorageDriver driver) {
    return withoutCache(driver, notifications);
  }

  /** The same without metrics and listener, for calls that serve no workflow. */
  public StorageDriver unobserved(StorageDriver driver) {
    return withoutCache(driver, Notifications.NONE);
  }

  private StorageDriver withoutCache(StorageDriver driver, Notifications observers) {
    return new LimitingStorageDriver(
        new RetryingStorageDriver(
            new OperatorStorageDriver(driver, retryOptions, operations),
            retryOptions,
            RetryLoop.Clock.SYSTEM,
            observers),
        operations,
        bytes,
        observers.metrics());
  }

  /** All layers. They are added from the inside out; a call passes the last one first. */
  public StorageDriver around(StorageDriver driver) {
    StorageDriver layered = withoutCache(driver);
    if (cache != null) {
      layered = new CachingStorageDriver(layered, cache, notifications);
    }
    return new ValidatingStorageDriver(layered, readableNamespaces);
  }
}
