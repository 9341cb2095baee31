package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.BucketObject;
import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StoredObjects;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.options.StorageRetryOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Makes the calls of operators with the limit and the retries of the storage. */
final class OperatorStorageDriver extends ForwardingStorageDriver {

  private final StorageRetryOptions retryOptions;
  private final FairPermits operations;

  OperatorStorageDriver(
      StorageDriver driver, StorageRetryOptions retryOptions, FairPermits operations) {
    super(driver);
    this.retryOptions = retryOptions;
    this.operations = operations;
  }

  private <T> CompletableFuture<T> call(Supplier<CompletableFuture<T>> call) {
    return Futures.flatMap(
        operations.acquire(1),
        lease ->
            Futures.observed(
                new RetryLoop<>(
                        call, retryOptions, RetryLoop.Clock.SYSTEM, (duration, failure) -> {})
                    .start(),
                (result, failure) -> lease.close()));
  }

  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return driver.getStoredObjects().map(objects -> claim -> call(() -> objects.describe(claim)));
  }

  @Override
  public Optional<ObjectStore> getObjectStore() {
    return driver.getObjectStore().map(RetryingObjectStore::new);
  }

  @Override
  public Optional<StorageBuckets> getStorageBuckets() {
    return driver.getStorageBuckets().map(RetryingStorageBuckets::new);
  }

  private final class RetryingObjectStore implements ObjectStore {

    private final ObjectStore store;

    private RetryingObjectStore(ObjectStore store) {
      this.store = store;
    }

    @Override
    public Set<String> getBuckets() {
      return store.getBuckets();
    }

    @Override
    public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
      return call(() -> store.listObjects(request));
    }

    @Override
    public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
      AtomicInteger attempts = new AtomicInteger();
      return Futures.map(
          call(
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
      return call(() -> store.restoreObject(bucket, key, undoToken));
    }

    @Override
    public CompletableFuture<Set<String>> listParts(StorageDriverClaim claim) {
      return call(() -> store.listParts(claim));
    }
  }

  private final class RetryingStorageBuckets implements StorageBuckets {

    private final StorageBuckets buckets;

    private RetryingStorageBuckets(StorageBuckets buckets) {
      this.buckets = buckets;
    }

    @Override
    public Set<StorageBucket> listBuckets() {
      return buckets.listBuckets();
    }

    @Override
    public BucketObject locate(StorageDriverClaim claim) {
      return buckets.locate(claim);
    }

    @Override
    public CompletableFuture<BucketSettings> readSettings(StorageBucket bucket) {
      return call(() -> buckets.readSettings(bucket));
    }
  }
}
