package io.github.externalstorage.gcs.internal.objects;

import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsClient;
import io.github.externalstorage.gcs.internal.requests.GcsEndpoint;
import io.github.externalstorage.gcs.internal.requests.GcsOperation;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.Buckets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists, deletes and restores the objects of a driver's buckets. Thread-safe. */
public final class GcsObjectStore implements ObjectStore {

  private final GcsClient client;
  private final GcsEndpoint endpoint;
  private final Buckets buckets;
  private final Map<String, Boolean> keepingBuckets = new ConcurrentHashMap<>();

  public GcsObjectStore(GcsClient client, GcsEndpoint endpoint, Buckets buckets) {
    this.client = client;
    this.endpoint = endpoint;
    this.buckets = buckets;
  }

  @Override
  public Set<String> getBuckets() {
    return buckets.present();
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    return start(
        GcsOperation.LIST,
        request.bucket(),
        request.prefix(),
        call -> new GcsObjectListing(client, call, request).start());
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
    return start(
        GcsOperation.DELETE,
        bucket,
        object.key(),
        call -> new GcsObjectDeletion(client, call, object, keepingBuckets).start());
  }

  @Override
  public CompletableFuture<@Nullable Void> restoreObject(
      String bucket, String key, String undoToken) {
    return start(
        GcsOperation.RESTORE,
        bucket,
        key,
        call -> new GcsObjectRestoration(client, call, undoToken).start());
  }

  private <T> CompletableFuture<T> start(
      GcsOperation operation,
      String bucket,
      String key,
      Function<GcsCall, CompletableFuture<T>> action) {
    return Futures.call(
        () -> {
          buckets.requirePresent(bucket, "GCS " + operation);
          return action.apply(new GcsCall(operation, bucket, key, endpoint));
        });
  }
}
