package io.github.externalstorage.driver;

import io.temporal.api.common.v1.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the driver for a payload that is large enough to be stored. Called from many threads, on
 * the codec route on workflow threads too: it must be thread-safe and quick, and must not block.
 */
@FunctionalInterface
public interface StorageDriverSelector {

  /**
   * Chooses the driver of one payload.
   *
   * @param context what the payload belongs to
   * @param payload the payload as it would be stored, after the payload codec
   * @return a driver that is registered for storing, or null to keep the payload inline
   */
  @Nullable StorageDriver selectDriver(StorageDriverStoreContext context, Payload payload);
}
