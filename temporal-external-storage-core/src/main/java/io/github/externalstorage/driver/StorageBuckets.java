package io.github.externalstorage.driver;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * What operators can ask a storage about its buckets, see {@link StorageDriver#getStorageBuckets}.
 * Workers and clients never call it, so they don't need the permissions for it.
 *
 * <p>The rules of {@link StorageDriver} about threads, failures, time and cancellation apply.
 */
public interface StorageBuckets {

  /** The buckets that payloads are stored in or read from. Makes no request. */
  Set<StorageBucket> listBuckets();

  /**
   * Determines where the object of a claim is. Makes no request.
   *
   * @param claim what {@link StorageDriver#parseClaim} returned, or a claim that was not parsed yet
   * @throws StorageException as {@link StorageDriver#parseClaim} does
   */
  BucketObject locate(StorageDriverClaim claim);

  /**
   * Reads the settings of a bucket.
   *
   * @param bucket one of {@link #listBuckets}
   * @return the settings; fails with {@link StorageException.Reason#ACCESS_DENIED} if the
   *     permission to read lifecycle rules is missing
   */
  CompletableFuture<BucketSettings> readSettings(StorageBucket bucket);
}
