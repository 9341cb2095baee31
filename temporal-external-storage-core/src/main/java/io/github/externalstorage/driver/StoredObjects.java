package io.github.externalstorage.driver;

import java.util.concurrent.CompletableFuture;

/**
 * What operators can ask a storage about its objects, see {@link StorageDriver#getStoredObjects}.
 * Workers and clients never call it, so they don't need the permissions for it.
 *
 * <p>The rules of {@link StorageDriver} about threads, failures, time and cancellation apply.
 */
public interface StoredObjects {

  /**
   * Describes the object of a claim without reading its content.
   *
   * @param claim what {@link StorageDriver#parseClaim} returned, or a claim that was not parsed yet
   * @return the object; fails as {@link StorageDriver#retrieve} does, with {@link
   *     StorageException.Reason#NOT_FOUND} only if the object itself does not exist
   */
  CompletableFuture<StoredObject> describe(StorageDriverClaim claim);
}
