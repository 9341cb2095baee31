package io.github.externalstorage.driver;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Instant;

/**
 * An object as a storage lists it. Immutable.
 *
 * @param key the key
 * @param sizeBytes the size of its content in bytes
 * @param storedAt when it was last written, by the storage's clock
 * @param version identifies what was written, such as an ETag or a generation
 */
public record ListedObject(String key, long sizeBytes, Instant storedAt, String version) {

  /**
   * @throws IllegalArgumentException if the size is negative
   */
  public ListedObject {
    checkArgument(sizeBytes >= 0, "sizeBytes must not be negative: %s", sizeBytes);
  }
}
