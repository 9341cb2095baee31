package io.github.externalstorage.driver;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known about a stored object without reading it. Immutable.
 *
 * @param sizeBytes the size of its content in bytes: of the serialized payload, if the object is
 *     intact
 * @param storedAt when it was written, null if the storage does not report it
 */
public record StoredObject(long sizeBytes, @Nullable Instant storedAt) {

  /**
   * @throws IllegalArgumentException if the size is negative
   */
  public StoredObject {
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("sizeBytes must not be negative: " + sizeBytes);
    }
  }
}
