package io.github.externalstorage.testkit;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StoredObjects;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A driver with exactly one defect. */
final class BrokenDriver implements StorageDriver {

  final InMemoryStorageDriver storage;
  final ConcurrentMap<Payload, CompletableFuture<StorageDriverClaim>> stored =
      new ConcurrentHashMap<>();
  final AtomicReference<@Nullable StorageDriverClaim> lastRetrieved = new AtomicReference<>();

  private final Defect defect;

  BrokenDriver(InMemoryStorageDriver storage, Defect defect) {
    this.storage = storage;
    this.defect = defect;
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return defect.store(this, context, payload);
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return defect.retrieve(this, context, claim);
  }

  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return Optional.of(claim -> defect.describe(this, claim));
  }

  @Override
  public Optional<ObjectStore> getObjectStore() {
    return Optional.of(new BrokenObjectStore(this, defect));
  }

  /** The objects in the storage. */
  ObjectStore objectStore() {
    return storage.getObjectStore().orElseThrow();
  }

  @Override
  public Optional<StorageDriverClaim> getClaim(StorageDriverStoreContext context, Payload payload) {
    return defect.getClaim(this, context, payload);
  }

  @Override
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return defect.parseClaim(this, claim);
  }

  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return defect.getNamespace(this, claim);
  }

  @Override
  public String getName() {
    return storage.getName();
  }

  @Override
  public String getType() {
    return storage.getType();
  }

  @Override
  public long getMaxPayloadSize() {
    return storage.getMaxPayloadSize();
  }
}
