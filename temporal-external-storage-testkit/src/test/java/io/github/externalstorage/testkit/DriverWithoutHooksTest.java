package io.github.externalstorage.testkit;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;

/** The least that a driver's test must do, and the least that a driver must store. */
class DriverWithoutHooksTest extends StorageDriverContract {

  @Override
  protected StorageDriver createDriver() {
    return InMemoryStorageDriver.newBuilder().setMaxPayloadSize(64 * 1024).build();
  }
}
