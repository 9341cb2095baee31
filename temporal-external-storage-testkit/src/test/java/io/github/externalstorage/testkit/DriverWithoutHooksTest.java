package io.github.externalstorage.testkit;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;

/** A minimal test class, and a driver with the smallest permitted size limit. */
class DriverWithoutHooksTest extends StorageDriverContract {

  @Override
  protected StorageDriver createDriver() {
    return InMemoryStorageDriver.newBuilder().setMaxPayloadSize(64 * 1024).build();
  }
}
