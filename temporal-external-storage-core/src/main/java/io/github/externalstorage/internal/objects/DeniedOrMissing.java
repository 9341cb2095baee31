package io.github.externalstorage.internal.objects;

import org.jspecify.annotations.Nullable;

/**
 * The cause of a {@link io.github.externalstorage.driver.StorageException} if the storage denied
 * access to an object, but may have done so only because the object does not exist: without the
 * permission to list objects, some storages respond to both in the same way.
 */
public final class DeniedOrMissing extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param cause the response of the storage, null if it is no exception
   */
  public DeniedOrMissing(@Nullable Throwable cause) {
    super("access is denied, or the object does not exist", cause);
  }
}
