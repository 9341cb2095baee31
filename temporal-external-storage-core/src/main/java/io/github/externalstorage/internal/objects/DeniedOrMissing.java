package io.github.externalstorage.internal.objects;

import io.github.externalstorage.driver.StorageException;

/**
 * A driver for a storage that, without the permission to list objects, also denies access to an
 * object that does not exist.
 */
public interface DeniedOrMissing {

  /** Whether a retrieval may have failed only because the object does not exist. */
  boolean mayBeMissing(StorageException failure);
}
