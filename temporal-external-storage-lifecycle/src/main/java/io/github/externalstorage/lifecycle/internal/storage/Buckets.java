package io.github.externalstorage.lifecycle.internal.storage;

import com.google.common.util.concurrent.RateLimiter;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The buckets of all namespaces, each once. Thread-safe. */
public final class Buckets {

  /**
   * A bucket.
   *
   * @param id the name of the driver and that of the bucket, for the state file and for people
   */
  public record Bucket(String id, String name, ObjectStore store, RateLimiter limiter) {

    /**
     * Lists a page.
     *
     * @throws LifecycleException if it can't be listed
     */
    public ObjectPage list(ListObjectsRequest request) {
      try {
        return call(() -> store.listObjects(request));
      } catch (StorageException e) {
        throw new LifecycleException(
            "The bucket '%s' could not be listed: %s".formatted(id, e.getMessage()), e);
      }
    }

    /**
     * Lists all pages, and passes each on.
     *
     * @throws LifecycleException if one can't be listed
     */
    public void listAll(ListObjectsRequest first, Consumer<ObjectPage> receiver) {
      ListObjectsRequest request = first;
      ObjectPage page;
      do {
        page = list(request);
        receiver.accept(page);
        request = request.withPageToken(page.nextPageToken());
      } while (!page.nextPageToken().isEmpty());
    }

    /** Keys that begin with this one come after it. */
    public boolean exists(String key) {
      ListObjectsRequest request = ListObjectsRequest.of(name, key);
      return call(() -> store.listObjects(request)).objects().stream()
          .map(ListedObject::key)
          .anyMatch(key::equals);
    }

    public ObjectDeletion delete(ListedObject object) {
      return call(() -> store.deleteObject(name, object));
    }

    public void restore(String key, String undoToken) {
      var unused = call(() -> store.restoreObject(name, key, undoToken).thenApply(nothing -> ""));
    }

    private <T> T call(Supplier<CompletableFuture<T>> call) {
      double unused = limiter.acquire();
      try {
        return call.get().join();
      } catch (CompletionException e) {
        throw Futures.unwrap(e) instanceof StorageException cause ? cause : e;
      }
    }
  }

  private final Map<String, Bucket> buckets = new TreeMap<>();

  /**
   * @param requestsPerSecond the limit for all buckets together
   * @throws LifecycleException if a namespace's storage can't be listed
   */
  public Buckets(Collection<NamespaceStorage> namespaces, double requestsPerSecond) {
    RateLimiter limiter = RateLimiter.create(requestsPerSecond);
    for (NamespaceStorage namespace : namespaces) {
      Map<String, ObjectStore> its = namespace.getStorage().getObjectStores();
      if (its.isEmpty()) {
        throw new LifecycleException(
            "The storage of namespace '%s' can't list and delete objects: none of its drivers has an ObjectStore"
                .formatted(namespace.getNamespace()));
      }
      its.forEach(
          (driver, store) -> {
            for (String name : store.getBuckets()) {
              String id = driver + ":" + name;
              buckets.putIfAbsent(id, new Bucket(id, name, store, limiter));
            }
          });
    }
  }

  /** All of them, in the order of their ids. */
  public List<Bucket> all() {
    return new ArrayList<>(buckets.values());
  }

  /**
   * A bucket by its id.
   *
   * @throws LifecycleException if there is none
   */
  public Bucket require(String id) {
    Bucket bucket = buckets.get(id);
    if (bucket == null) {
      throw new LifecycleException(
          "The bucket '%s' is not among those of this run (%s)"
              .formatted(id, String.join(", ", buckets.keySet())));
    }
    return bucket;
  }

  /** The stores of the buckets. */
  public List<ObjectStore> stores() {
    return buckets.values().stream().map(Bucket::store).distinct().toList();
  }
}
