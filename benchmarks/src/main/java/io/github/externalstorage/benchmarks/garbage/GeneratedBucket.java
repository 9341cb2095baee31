package io.github.externalstorage.benchmarks.garbage;

import com.google.common.hash.Hashing;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A bucket whose objects are made up when they are listed, so that they need no memory. */
final class GeneratedBucket implements StorageDriver, ObjectStore {

  static final String NAMESPACE = "orders";
  static final Instant WRITTEN_AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final String BUCKET = "payloads";
  private static final String PREFIX = "v0/ns/" + NAMESPACE + "/";
  private static final int PAGE_SIZE = 1000;

  private final long objects;
  private final AtomicLong requests = new AtomicLong();

  GeneratedBucket(long objects) {
    this.objects = objects;
  }

  long objects() {
    return objects;
  }

  long requests() {
    return requests.get();
  }

  static String key(long number) {
    return PREFIX
        + "wt/Order/wi/order-%012d/ri/null/d/sha256/".formatted(number)
        + Hashing.sha256().hashLong(number);
  }

  static StorageDriverClaim claim(long number) {
    return new StorageDriverClaim(Map.of("bucket", BUCKET, "key", key(number)));
  }

  @Override
  public Optional<ObjectStore> getObjectStore() {
    return Optional.of(this);
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    requests.incrementAndGet();
    if (!request.delimiter().isEmpty()) {
      return CompletableFuture.completedFuture(new ObjectPage(List.of(), List.of(PREFIX), ""));
    }
    if (!request.prefix().equals(PREFIX)) {
      return CompletableFuture.completedFuture(new ObjectPage(List.of(), List.of(), ""));
    }
    long first = request.pageToken().isEmpty() ? 0 : Long.parseLong(request.pageToken());
    long end = Math.min(first + PAGE_SIZE, objects);
    List<ListedObject> page = new ArrayList<>();
    for (long number = first; number < end; number++) {
      page.add(new ListedObject(key(number), 400_000, WRITTEN_AT, "etag-" + number));
    }
    return CompletableFuture.completedFuture(
        new ObjectPage(page, List.of(), end < objects ? Long.toString(end) : ""));
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
    requests.incrementAndGet();
    return CompletableFuture.completedFuture(new ObjectDeletion(true, object.version()));
  }

  @Override
  public CompletableFuture<@Nullable Void> restoreObject(
      String bucket, String key, String undoToken) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Set<String> getBuckets() {
    return Set.of(BUCKET);
  }

  @Override
  public String getName() {
    return "generated";
  }

  @Override
  public String getType() {
    return "generated";
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    throw new UnsupportedOperationException();
  }
}
