package io.github.externalstorage.driver;

import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists and deletes the objects of a driver, whose name is that of the only bucket. */
final class InMemoryObjectStore implements ObjectStore {

  private static final int PAGE_SIZE = 1000;

  private final InMemoryObjects objects;
  private final String driverName;

  InMemoryObjectStore(InMemoryObjects objects, String driverName) {
    this.objects = objects;
    this.driverName = driverName;
  }

  @Override
  public Set<String> getBuckets() {
    return Set.of(driverName);
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    return inBucket(request.bucket(), () -> objects.list(request, PAGE_SIZE));
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
    return inBucket(bucket, () -> objects.delete(object));
  }

  @Override
  public CompletableFuture<@Nullable Void> restoreObject(
      String bucket, String key, String undoToken) {
    return inBucket(
        bucket,
        () -> {
          if (!objects.restore(key, undoToken)) {
            throw failure(
                Reason.NOT_FOUND, "restore", "the deleted object was not kept: " + Quoted.of(key));
          }
          return null;
        });
  }

  private <T extends @Nullable Object> CompletableFuture<T> inBucket(
      String bucket, Supplier<T> action) {
    try {
      if (!bucket.equals(driverName)) {
        throw failure(
            Reason.MISCONFIGURED, "list or delete", "it has no bucket " + Quoted.of(bucket));
      }
      return CompletableFuture.completedFuture(action.get());
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private StorageException failure(Reason reason, String operation, String problem) {
    return new StorageException(
        reason, "The storage driver '%s' can't %s: %s".formatted(driverName, operation, problem));
  }
}
