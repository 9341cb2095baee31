package io.github.externalstorage.testkit;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A driver that works but for one defect. */
final class BrokenDriver implements StorageDriver {

  final InMemoryStorageDriver storage;
  final ConcurrentMap<List<Payload>, CompletableFuture<List<StorageDriverClaim>>> memory =
      new ConcurrentHashMap<>();

  private final Defect defect;

  BrokenDriver(InMemoryStorageDriver storage, Defect defect) {
    this.storage = storage;
    this.defect = defect;
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return defect.store(this, context, payloads);
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return defect.retrieve(this, context, claims);
  }

  @Override
  public Optional<StorageDriverClaim> getClaim(StorageDriverStoreContext context, Payload payload) {
    return defect.getClaim(this, context, payload);
  }

  @Override
  public void validateClaim(StorageDriverClaim claim) {
    defect.validateClaim(this, claim);
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
