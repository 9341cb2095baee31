package io.github.externalstorage.lifecycle.testing;

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
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StorageKeyLayout;
import io.temporal.api.common.v1.Payload;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A bucket in memory with the keys of S3, a clock that a test sets, and versions. */
public final class SimulatedStore implements StorageDriver, ObjectStore {

  public static final String NAME = "simulated";
  public static final String BUCKET = "payloads";

  /** The present objects. */
  public final Map<String, ListedObject> objects = new TreeMap<>();

  public final Map<String, Payload> contents = new TreeMap<>();
  public final List<String> calls = new ArrayList<>();
  public int pageSize = 3;
  public boolean keepsVersions = true;
  public Function<StorageDriverClaim, Set<String>> parts = claim -> Set.of();
  private final Map<String, ListedObject> deleted = new TreeMap<>();
  private final InstantSource clock;
  private Function<Integer, @Nullable StorageException> faults = call -> null;
  private Function<Integer, @Nullable StorageException> lostResponses = call -> null;
  private Runnable beforeCall = () -> {};
  private Consumer<String> beforeDelete = key -> {};
  private long versions;

  public SimulatedStore(InstantSource clock) {
    this.clock = clock;
  }

  /** Decides for each call of an operator, by its number from 0 on, whether it fails. */
  public void setFaults(Function<Integer, @Nullable StorageException> faultOfCall) {
    faults = faultOfCall;
  }

  /**
   * Decides for each call of an operator, by its number from 0 on, whether its response is lost.
   */
  public void setLostResponses(Function<Integer, @Nullable StorageException> faultOfCall) {
    lostResponses = faultOfCall;
  }

  /** Is called before each call of an operator is served. */
  public void setBeforeCall(Runnable change) {
    beforeCall = change;
  }

  /** Is called with the key before an object is deleted. */
  public void setBeforeDelete(Consumer<String> change) {
    beforeDelete = change;
  }

  /** Writes an object, or writes it again. */
  public synchronized void put(String key) {
    versions++;
    objects.put(key, new ListedObject(key, 10, clock.instant(), "v" + versions));
  }

  @Override
  public synchronized CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    String key = key(context.getTarget().orElse(null), payload);
    put(key);
    contents.put(key, payload);
    return CompletableFuture.completedFuture(claim(key));
  }

  public static String key(@Nullable StorageDriverTargetInfo target, Payload payload) {
    return StorageKeyLayout.getDefault()
        .createKey(
            Optional.ofNullable(target),
            Hashing.sha256().hashBytes(payload.toByteArray()).toString())
        .getValue();
  }

  public static StorageDriverClaim claim(String key) {
    return new StorageDriverClaim(Map.of("bucket", BUCKET, "key", key));
  }

  @Override
  public synchronized CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    String key = claim.getClaimData().getOrDefault("key", "");
    Payload payload = contents.get(key);
    if (payload == null || !objects.containsKey(key)) {
      return CompletableFuture.failedFuture(
          new StorageException(Reason.NOT_FOUND, "there is no object " + key));
    }
    return CompletableFuture.completedFuture(payload);
  }

  @Override
  public Optional<ObjectStore> getObjectStore() {
    return Optional.of(this);
  }

  @Override
  public Set<String> getBuckets() {
    return Set.of(BUCKET);
  }

  @Override
  public CompletableFuture<ObjectPage> listObjects(ListObjectsRequest request) {
    return call(
        "list " + request.prefix(),
        () -> {
          Set<String> prefixes = new LinkedHashSet<>();
          List<ListedObject> page = new ArrayList<>();
          String last = "";
          for (ListedObject object : objects.values()) {
            String key = object.key();
            if (!key.startsWith(request.prefix()) || key.compareTo(request.pageToken()) <= 0) {
              continue;
            }
            if (page.size() + prefixes.size() == pageSize) {
              return new ObjectPage(page, List.copyOf(prefixes), last);
            }
            last = key;
            int delimiter =
                request.delimiter().isEmpty()
                    ? -1
                    : key.indexOf(request.delimiter(), request.prefix().length());
            if (delimiter < 0) {
              page.add(object);
            } else if (prefixes.add(key.substring(0, delimiter + 1))) {
              last = key.substring(0, delimiter) + (char) (request.delimiter().charAt(0) + 1);
            }
          }
          return new ObjectPage(page, List.copyOf(prefixes), "");
        });
  }

  @Override
  public CompletableFuture<ObjectDeletion> deleteObject(String bucket, ListedObject object) {
    return call(
        "delete " + object.key(),
        () -> {
          beforeDelete.accept(object.key());
          if (!object.equals(objects.get(object.key()))) {
            return ObjectDeletion.changed();
          }
          objects.remove(object.key());
          deleted.put(object.version(), object);
          return new ObjectDeletion(true, keepsVersions ? object.version() : "");
        });
  }

  @Override
  public CompletableFuture<@Nullable Void> restoreObject(
      String bucket, String key, String undoToken) {
    return call(
        "restore " + key,
        () -> {
          ListedObject object = deleted.get(undoToken);
          if (object == null) {
            throw new StorageException(Reason.NOT_FOUND, "not kept");
          }
          objects.putIfAbsent(key, object);
          return null;
        });
  }

  /** The storage removes what was deleted for good. */
  public synchronized void purge() {
    deleted.clear();
  }

  @Override
  public CompletableFuture<Set<String>> listParts(StorageDriverClaim claim) {
    return CompletableFuture.completedFuture(parts.apply(claim));
  }

  private synchronized <T extends @Nullable Object> CompletableFuture<T> call(
      String call, Supplier<T> handler) {
    int number = calls.size();
    calls.add(call);
    beforeCall.run();
    StorageException fault = faults.apply(number);
    if (fault != null) {
      return CompletableFuture.failedFuture(fault);
    }
    try {
      T response = handler.get();
      StorageException lost = lostResponses.apply(number);
      return lost == null
          ? CompletableFuture.completedFuture(response)
          : CompletableFuture.failedFuture(lost);
    } catch (StorageException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public String getName() {
    return NAME;
  }

  @Override
  public String getType() {
    return NAME;
  }
}
