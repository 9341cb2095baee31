package io.github.externalstorage;

/** The one place that decides which behaviours go around a driver, and in which order. */
final class DriverLayers {

  private DriverLayers() {}

  static StorageDriver around(StorageDriver driver, StorageRetryOptions retries) {
    return new CheckingStorageDriver(new RetryingStorageDriver(driver, retries));
  }
}
