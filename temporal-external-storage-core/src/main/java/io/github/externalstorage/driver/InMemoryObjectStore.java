package io.github.externalstorage.driver;

import com.google.common.collect.MapMaker;
import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a driver, in the order of their keys. The driver's name is that of the only
 * bucket. Thread-safe.
 */
final class InMemoryObjectStore implements ObjectStore {

  private static final int PAGE_SIZE = 1000;

  /** What is known of an object besides its content. */
  private record Written(Instant at, String version) {}

  private record Deleted(String key, ByteString content) {}

  private final ConcurrentSkipListMap<String, ByteString> contents = new ConcurrentSkipListMap<>();

  /**
   * By the identity of the content, so that what a test puts into the map, or removes from it, is
   * noticed.
   */
  private final ConcurrentMap<ByteString, Written> written = new MapMaker().weakKeys().makeMap();

  private final ConcurrentMap<String, Deleted> deleted = new ConcurrentSkipListMap<>();
  private final AtomicLong writes = new AtomicLong();
  private final String driverName;
  private final InstantSource clock;
  private final boolean keepsDeleted;

  /**
   * @param keepsDeleted whether deleted objects can be restored
   */
  InMemoryObjectStore(String driverName, InstantSource clock, boolean keepsDeleted) {
    this.driverName = driverName;
    this.clock = clock;
    this.keepsDeleted = keepsDeleted;
  }

  /** The contents by their keys. */
  ConcurrentMap<String, ByteString> contents() {
    return contents;
  }

  Instant now() {
    return clock.instant();
  }

  synchronized void put(String key, ByteString content) {
    written.put(content, newlyWritten());
    contents.put(key, content);
  }

  Instant writtenAt(ByteString content) {
    return written(content).at;
  }

  /** A test may have put the content into the map just now. */
  private Written written(ByteString content) {
    return written.computeIfAbsent(content, it -> newlyWritten());
  }

  private Written newlyWritten() {
    return new Written(clock.instant(), String.valueOf(writes.incrementAndGet()));
  }

  @Override
  public Set<String> getBuckets() {
    return Set.of(driverName);
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    return inBucket(request.bucket(), () -> list(request));
  }

  /** Lists a page, whose token is the first key that may be on the next page. */
  private ObjectPage list(ListObjectsRequest request) {
    List<ListedObject> objects = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    String start = request.pageToken().isEmpty() ? request.prefix() : request.pageToken();
    Map.Entry<String, ByteString> entry = contents.ceilingEntry(start);
    while (entry != null && entry.getKey().startsWith(request.prefix())) {
      String key = entry.getKey();
      if (objects.size() + prefixes.size() == PAGE_SIZE) {
        return new ObjectPage(objects, prefixes, key);
      }
      String common = request.commonPrefix(key);
      if (common.isEmpty()) {
        objects.add(listed(key, entry.getValue()));
        entry = contents.higherEntry(key);
      } else {
        prefixes.add(common);
        entry = firstAfter(common, contents.tailMap(key, true));
      }
    }
    return new ObjectPage(objects, prefixes, "");
  }

  private static Map.@Nullable Entry<String, ByteString> firstAfter(
      String prefix, NavigableMap<String, ByteString> keys) {
    for (Map.Entry<String, ByteString> entry : keys.entrySet()) {
      if (!entry.getKey().startsWith(prefix)) {
        return entry;
      }
    }
    return null;
  }

  private ListedObject listed(String key, ByteString content) {
    Written written = written(content);
    return new ListedObject(key, content.size(), written.at, written.version);
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
    return inBucket(bucket, () -> delete(object));
  }

  private synchronized ObjectDeletion delete(ListedObject object) {
    ByteString content = contents.get(object.key());
    if (content == null || !listed(object.key(), content).equals(object)) {
      return ObjectDeletion.changed();
    }
    contents.remove(object.key());
    if (!keepsDeleted) {
      return new ObjectDeletion(true, "");
    }
    deleted.put(object.version(), new Deleted(object.key(), content));
    return new ObjectDeletion(true, object.version());
  }

  @Override
  public CompletableFuture<@Nullable Void> restoreObject(
      String bucket, String key, String undoToken) {
    return inBucket(
        bucket,
        () -> {
          if (!restore(key, undoToken)) {
            throw failure(
                Reason.NOT_FOUND, "restore", "the deleted object was not kept: " + Quoted.of(key));
          }
          return null;
        });
  }

  /** Returns whether there is an object with this key now. */
  private synchronized boolean restore(String key, String undoToken) {
    Optional.ofNullable(deleted.get(undoToken))
        .filter(it -> it.key.equals(key))
        .ifPresent(it -> contents.putIfAbsent(key, it.content));
    return contents.containsKey(key);
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
