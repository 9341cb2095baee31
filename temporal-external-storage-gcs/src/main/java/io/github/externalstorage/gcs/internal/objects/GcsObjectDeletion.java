package io.github.externalstorage.gcs.internal.objects;

import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsClient;
import io.github.externalstorage.gcs.internal.requests.GcsError;
import io.github.externalstorage.gcs.internal.requests.GcsResponse;
import io.github.externalstorage.internal.futures.Futures;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Deletes one generation of an object, and determines whether the bucket keeps it. */
final class GcsObjectDeletion {

  private final GcsClient client;
  private final GcsCall call;
  private final ListedObject object;
  private final Map<String, Boolean> keepingBuckets;

  /**
   * @param call the deletion
   * @param keepingBuckets whether buckets keep what is deleted, as far as that is known
   */
  GcsObjectDeletion(
      GcsClient client, GcsCall call, ListedObject object, Map<String, Boolean> keepingBuckets) {
    this.client = client;
    this.call = call;
    this.object = object;
    this.keepingBuckets = keepingBuckets;
  }

  /** Emulators ignore the precondition of the deletion, so the generation is also read before. */
  CompletableFuture<ObjectDeletion> start() {
    HttpRequest request = HttpRequest.newBuilder(call.endpoint().generation(call)).build();
    return Futures.flatMap(
        client.exchange(call, request),
        response -> {
          if (response.isObjectMissing()) {
            return missing();
          }
          return isListed(response) ? delete() : changed();
        });
  }

  private CompletableFuture<ObjectDeletion> delete() {
    HttpRequest request =
        HttpRequest.newBuilder(call.endpoint().delete(call, object.version())).DELETE().build();
    return Futures.flatMap(
        client.exchange(call, request),
        response -> {
          if (response.isPreconditionFailed()) {
            return changed();
          }
          return response.isObjectMissing()
              ? missing()
              : Futures.map(isKeptByBucket(), this::deleted);
        });
  }

  private static CompletableFuture<ObjectDeletion> changed() {
    return CompletableFuture.completedFuture(ObjectDeletion.changed());
  }

  /** The response to an earlier deletion by this driver may have been lost. */
  private CompletableFuture<ObjectDeletion> missing() {
    return Futures.map(isKept(), kept -> kept ? deleted(true) : ObjectDeletion.changed());
  }

  private ObjectDeletion deleted(boolean isKept) {
    return new ObjectDeletion(true, isKept ? object.version() : "");
  }

  /** One object shows it for all. The bucket itself must not be readable for that. */
  private CompletableFuture<Boolean> isKeptByBucket() {
    Boolean known = keepingBuckets.get(call.bucket());
    return known != null
        ? CompletableFuture.completedFuture(known)
        : Futures.map(
            isKept(),
            isKept -> {
              keepingBuckets.put(call.bucket(), isKept);
              return isKept;
            });
  }

  private CompletableFuture<Boolean> isKept() {
    return Futures.flatMap(
        exists(false), exists -> exists ? CompletableFuture.completedFuture(true) : exists(true));
  }

  private CompletableFuture<Boolean> exists(boolean isSoftDeleted) {
    HttpRequest request =
        HttpRequest.newBuilder(call.endpoint().deleted(call, object.version(), isSoftDeleted))
            .build();
    return Futures.map(client.exchange(call, request), this::isListed);
  }

  private boolean isListed(GcsResponse response) {
    return response.isSuccess()
        && GcsError.string(GcsError.json(response.body()), "generation").equals(object.version());
  }
}
