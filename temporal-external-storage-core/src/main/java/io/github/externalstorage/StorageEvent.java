package io.github.externalstorage;

import io.github.externalstorage.driver.StorageDriver;
import java.time.Duration;

/**
 * What a {@link StorageListener} is told.
 *
 * @param operation what was asked for
 * @param driverName the driver
 * @param count how many payloads
 * @param bytes their serialized size; 0 where it is not known, as for a retrieval that failed
 * @param duration from the call of the driver to its end, retries included; for a retry, of the
 *     failed attempt; zero for a cache hit
 */
public record StorageEvent(
    Operation operation, String driverName, int count, long bytes, Duration duration) {

  /** The two things that a driver does. */
  public enum Operation {
    /** {@link StorageDriver#store}. */
    STORE,
    /** {@link StorageDriver#retrieve}. */
    RETRIEVE
  }
}
