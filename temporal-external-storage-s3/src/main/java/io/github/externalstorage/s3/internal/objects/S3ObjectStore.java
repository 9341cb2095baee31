package io.github.externalstorage.s3.internal.objects;

import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.s3.internal.requests.S3Call;
import io.github.externalstorage.s3.internal.requests.S3ClientLocation;
import io.github.externalstorage.s3.internal.requests.S3Operation;
import io.github.externalstorage.s3.internal.requests.S3Requests;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists, deletes and restores the objects of a driver's buckets. Thread-safe. */
public final class S3ObjectStore implements ObjectStore {

  private final S3Requests requests;
  private final S3ClientLocation location;
  private final Buckets buckets;
  private final Set<String> checkedBuckets = ConcurrentHashMap.newKeySet();

  public S3ObjectStore(S3Requests requests, S3ClientLocation location, Buckets buckets) {
    this.requests = requests;
    this.location = location;
    this.buckets = buckets;
  }

  @Override
  public Set<String> getBuckets() {
    return buckets.present();
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    return start(
        S3Operation.LIST,
        request.bucket(),
        request.prefix(),
        call -> new S3ObjectListing(requests, call, request).start());
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
    return start(
        S3Operation.DELETE,
        bucket,
        object.key(),
        call -> new S3ObjectDeletion(requests, call, object, checkedBuckets).start());
  }

  @Override
  public CompletableFuture<@Nullable Void> restoreObject(
      String bucket, String key, String undoToken) {
    return start(
        S3Operation.RESTORE,
        bucket,
        key,
        call -> new S3ObjectRestoration(requests, call, undoToken).start());
  }

  private <T> CompletableFuture<T> start(
      S3Operation operation,
      String bucket,
      String key,
      Function<S3Call, CompletableFuture<T>> action) {
    return Futures.call(
        () -> {
          buckets.requirePresent(bucket, "S3 " + operation);
          return action.apply(new S3Call(operation, bucket, key, location));
        });
  }
}
