package io.github.externalstorage.worker;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** An in-memory driver that records its calls, and that can be made to fail or block. */
final class RecordingStorageDriver implements StorageDriver {

  /** A payload that was stored. */
  record Stored(Payload payload, Optional<StorageDriverTargetInfo> target) {}

  private final List<Stored> stored = new CopyOnWriteArrayList<>();
  private final List<StorageDriverClaim> retrieved = new CopyOnWriteArrayList<>();
  private final InMemoryStorageDriver objects;
  private volatile Supplier<CompletableFuture<Void>> beforeStore = RecordingStorageDriver::nothing;
  private volatile Supplier<CompletableFuture<Void>> beforeRetrieve =
      RecordingStorageDriver::nothing;

  RecordingStorageDriver() {
    this(Long.MAX_VALUE);
  }

  RecordingStorageDriver(long maxPayloadSize) {
    objects = InMemoryStorageDriver.newBuilder().setMaxPayloadSize(maxPayloadSize).build();
  }

  /** The payloads that were stored, in order. */
  List<Stored> stored() {
    return stored;
  }

  /** The claims that were retrieved, in order. */
  List<StorageDriverClaim> retrieved() {
    return retrieved;
  }

  /** The keys of the objects that there are. */
  List<String> keys() {
    return List.copyOf(objects.getObjects().keySet());
  }

  /** Each call to store waits for, and fails with, the future that this supplies. */
  void beforeStore(Supplier<CompletableFuture<Void>> step) {
    beforeStore = step;
  }

  /** Each call to retrieve waits for, and fails with, the future that this supplies. */
  void beforeRetrieve(Supplier<CompletableFuture<Void>> step) {
    beforeRetrieve = step;
  }

  @Override
  public String getName() {
    return objects.getName();
  }

  @Override
  public String getType() {
    return objects.getType();
  }

  @Override
  public long getMaxPayloadSize() {
    return objects.getMaxPayloadSize();
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return beforeStore
        .get()
        .thenCompose(
            done -> {
              stored.add(new Stored(payload, context.getTarget()));
              return objects.store(context, payload);
            });
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return beforeRetrieve
        .get()
        .thenCompose(
            done -> {
              retrieved.add(claim);
              return objects.retrieve(context, claim);
            });
  }

  private static CompletableFuture<Void> nothing() {
    return CompletableFuture.completedFuture(null);
  }
}
