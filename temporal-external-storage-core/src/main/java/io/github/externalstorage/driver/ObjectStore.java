package io.github.externalstorage.driver;

import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Lets operators list and delete the objects of a storage, see {@link
 * StorageDriver#getObjectStore}. Workers and clients never call it, and should not have the
 * permissions for it.
 *
 * <p>Every claim of an object must contain the object's key, unchanged, as a value: this is how
 * objects that are still in use are recognized.
 *
 * <p>The rules of {@link StorageDriver} about threads, failures, time and cancellation apply.
 */
public interface ObjectStore {

  /**
   * The driver's buckets, or what it has instead, such as a directory. Fixed once the driver is
   * built.
   */
  Set<String> getBuckets();

  /**
   * Lists a page of objects. What is written while a bucket is listed may or may not be on a page;
   * everything else is on exactly one.
   *
   * @param request the bucket, and which of its objects
   */
  CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request);

  /**
   * Deletes an object unless it was written or deleted after it was listed. The check and the
   * deletion are one step where the storage can do that; otherwise the check is made right before
   * the deletion.
   *
   * @param bucket the bucket
   * @param object the object as it was listed
   */
  CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object);

  /**
   * Brings a deleted object back. Does nothing if an object with this key exists.
   *
   * @param bucket the bucket
   * @param key the object's key
   * @param undoToken {@link ObjectDeletion#undoToken} of the deletion
   * @return a future that fails with {@link StorageException.Reason#NOT_FOUND} if the storage no
   *     longer has it
   */
  CompletableFuture<Void> restoreObject(String bucket, String key, String undoToken);

  /**
   * The keys of the further objects that the object of a claim consists of, such as the chunks that
   * a manifest names. They are in use as long as the object is. Called for every claim that
   * Temporal holds, so it must not make a request unless the claim shows that there are such
   * objects. Default: none.
   */
  default CompletableFuture<Set<String>> listParts(StorageDriverClaim claim) {
    return CompletableFuture.completedFuture(Set.of());
  }
}
