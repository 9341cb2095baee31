package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.internal.futures.Futures;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Lists and deletes with the same limit and the same retries as for other calls. */
final class RetryingObjectStore implements ObjectStore {

  private final ObjectStore store;
  private final RetriedCalls calls;

  RetryingObjectStore(ObjectStore store, RetriedCalls calls) {
    this.store = store;
    this.calls = calls;
  }

  @Override
  public Set<String> getBuckets() {
    return store.getBuckets();
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    return calls.call(() -> store.listObjects(request));
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
    AtomicInteger attempts = new AtomicInteger();
    return Futures.map(
        calls.call(
            () -> {
              attempts.incrementAndGet();
              return store.deleteObject(bucket, object);
            }),
        // An attempt that failed may have deleted the object nevertheless.
        deletion ->
            deletion.deleted() || attempts.get() == 1 ? deletion : ObjectDeletion.unknown());
  }

  @Override
  public CompletableFuture<Void> restoreObject(String bucket, String key, String undoToken) {
    return calls.call(() -> store.restoreObject(bucket, key, undoToken));
  }

  @Override
  public CompletableFuture<Set<String>> listParts(StorageDriverClaim claim) {
    return calls.call(() -> store.listParts(claim));
  }
}
