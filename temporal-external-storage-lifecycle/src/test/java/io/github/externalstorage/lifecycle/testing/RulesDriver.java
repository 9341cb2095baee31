package io.github.externalstorage.lifecycle.testing;

import io.github.externalstorage.driver.BucketObject;
import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.BucketVersioning;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StoredObject;
import io.github.externalstorage.driver.StoredObjects;
import io.temporal.api.common.v1.Payload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A driver in memory, as if its objects were in a bucket with lifecycle rules. */
public final class RulesDriver implements StorageDriver, StorageBuckets {

  public static final StorageBucket BUCKET =
      new StorageBucket(StorageBucket.Service.S3, "", "payloads");

  public final InMemoryStorageDriver objects = InMemoryStorageDriver.newBuilder().build();
  public final AtomicInteger described = new AtomicInteger();
  public final AtomicInteger settingsRead = new AtomicInteger();
  public volatile CompletableFuture<BucketSettings> settings =
      CompletableFuture.completedFuture(new BucketSettings(BucketVersioning.OFF, List.of(), false));
  public volatile @Nullable Instant storedAt = Instant.parse("2026-11-01T00:00:00Z");

  @Override
  public Optional<StoredObjects> getStoredObjects() {
    return Optional.of(this::describe);
  }

  @Override
  public Optional<StorageBuckets> getStorageBuckets() {
    return Optional.of(this);
  }

  @Override
  public Set<StorageBucket> listBuckets() {
    return Set.of(BUCKET);
  }

  @Override
  public BucketObject locate(StorageDriverClaim claim) {
    return new BucketObject(BUCKET, "v0/d/sha256/" + claim.getClaimData().get("hash_value"));
  }

  @Override
  public CompletableFuture<BucketSettings> readSettings(StorageBucket bucket) {
    settingsRead.incrementAndGet();
    return settings;
  }

  private CompletableFuture<StoredObject> describe(StorageDriverClaim claim) {
    described.incrementAndGet();
    return objects
        .getStoredObjects()
        .orElseThrow()
        .describe(claim)
        .thenApply(object -> new StoredObject(object.sizeBytes(), storedAt));
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return objects.store(context, payload);
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    Instant time = storedAt;
    if (time != null) {
      context.reportStoredAt(time);
    }
    return objects.retrieve(context, claim);
  }

  @Override
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return objects.parseClaim(claim);
  }

  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return objects.getNamespace(claim);
  }

  @Override
  public String getName() {
    return objects.getName();
  }

  @Override
  public String getType() {
    return "rules";
  }
}
