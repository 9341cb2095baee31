package io.github.externalstorage.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.CountingStorageDriver;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.StorageFailures;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageListener;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CachingStorageDriverTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final InMemoryStorageDriver objects = InMemoryStorageDriver.newBuilder().build();
  private final CountingStorageDriver counting = new CountingStorageDriver(objects);
  private final List<StorageEvent> cacheHits = new ArrayList<>();
  private final Payload payload = TestPayloads.ofSize(1_000);
  private Instant now = NOON;

  private final StorageDriver driver = caching(10_000);

  @Test
  void whatWasStoredIsNeitherStoredNorRetrievedAgain() {
    StorageDriverClaim claim = store(driver, payload);

    assertThat(store(driver, payload)).isEqualTo(claim);
    assertThat(retrieve(driver, claim)).isEqualTo(payload);
    assertThat(counting.stores()).isEqualTo(1);
    assertThat(counting.retrievals()).isZero();
    assertThat(cacheHits)
        .extracting(StorageEvent::getOperation)
        .containsExactly(StorageEvent.Operation.STORE, StorageEvent.Operation.RETRIEVE);
  }

  @Test
  void whatWasRetrievedIsNotRetrievedAgain() {
    StorageDriverClaim claim = store(objects, payload);

    assertThat(retrieve(driver, claim)).isEqualTo(payload);
    assertThat(retrieve(driver, claim)).isEqualTo(payload);
    assertThat(counting.retrievals()).isEqualTo(1);
  }

  @Test
  void equalPayloadsOfOneCallAreStoredOnce() {
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(counting).setPayloadSizeThreshold(0).build();
    List<Payload> references =
        storage.store(StorageDriverStoreContext.empty(), List.of(payload, payload)).join();

    assertThat(references.get(0)).isEqualTo(references.get(1));
    assertThat(counting.stores()).isEqualTo(1);
  }

  @Test
  void anObjectThatIsNoLongerRecentIsWrittenAgain() {
    store(driver, payload);
    now = NOON.plus(Duration.ofHours(1));

    store(driver, payload);

    assertThat(counting.stores()).isEqualTo(2);
  }

  @Test
  void anObjectOfUnknownAgeIsWrittenAgain() {
    StorageDriverClaim claim = store(objects, payload);
    retrieve(driver, claim);

    store(driver, payload);

    assertThat(counting.stores()).isEqualTo(1);
  }

  @Test
  void anObjectThatWasFoundYoungIsNotWrittenAgain() {
    StorageDriverClaim claim = store(objects, payload);
    counting.storedAt = NOON.minus(Duration.ofMinutes(59));
    retrieve(driver, claim);

    assertThat(store(driver, payload)).isEqualTo(claim);
    assertThat(counting.stores()).isZero();
  }

  @Test
  void anObjectIsWrittenAgainAfterTenMinutesUnlessSetOtherwise() {
    CountingStorageDriver driver = new CountingStorageDriver(objects);
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();
    Payload young = TestPayloads.ofSize(1_000);
    Payload old = TestPayloads.ofSize(1_001);
    retrieveFromStorageOfAge(Duration.ofMinutes(9), young, driver, storage);
    retrieveFromStorageOfAge(Duration.ofMinutes(11), old, driver, storage);

    storage.store(StorageDriverStoreContext.empty(), List.of(young)).join();
    assertThat(driver.stores()).isZero();
    storage.store(StorageDriverStoreContext.empty(), List.of(old)).join();
    assertThat(driver.stores()).isEqualTo(1);
  }

  private void retrieveFromStorageOfAge(
      Duration age, Payload payload, CountingStorageDriver driver, ExternalStorage storage) {
    driver.storedAt = Instant.now().minus(age);
    Payload reference = TestPayloads.reference(driver.getName(), store(objects, payload));
    assertThat(storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(reference)).join())
        .containsExactly(payload);
  }

  @Test
  void anObjectFromTheFutureIsAsOldAsItsRetrieval() {
    StorageDriverClaim claim = store(objects, payload);
    counting.storedAt = NOON.plus(Duration.ofDays(1));
    retrieve(driver, claim);
    now = NOON.plus(Duration.ofMinutes(59));
    store(driver, payload);
    assertThat(counting.stores()).isZero();

    now = NOON.plus(Duration.ofHours(1));
    store(driver, payload);
    assertThat(counting.stores()).isEqualTo(1);
  }

  @Test
  void aClockThatWasSetBackMakesAnObjectsAgeUnknown() {
    store(driver, payload);
    now = NOON.minus(Duration.ofSeconds(1));

    store(driver, payload);

    assertThat(counting.stores()).isEqualTo(2);
  }

  @Test
  void anObjectThatWasLeftAsItIsIsOfUnknownAge() {
    counting.leavesObjects = true;
    StorageDriverClaim claim = store(driver, payload);

    assertThat(store(driver, payload)).isEqualTo(claim);
    assertThat(retrieve(driver, claim)).isEqualTo(payload);
    assertThat(counting.stores()).isEqualTo(2);
    assertThat(counting.retrievals()).isZero();
  }

  @Test
  void aFailureIsNotCached() {
    StorageDriverClaim claim = store(objects, payload);
    var object = objects.getObjects().remove(claim.getClaimData().get("key"));
    CompletableFuture<?> missing = driver.retrieve(StorageDriverRetrieveContext.empty(), claim);
    StorageFailures.failureOf(missing, StorageException.Reason.NOT_FOUND);
    objects.getObjects().put(claim.getClaimData().get("key"), object);

    assertThat(retrieve(driver, claim)).isEqualTo(payload);
  }

  @Test
  void theCacheIsBoundedInBytes() {
    StorageDriver small = caching(3_000);
    StorageDriverClaim first = store(small, payload);
    StorageDriverClaim second = store(small, TestPayloads.ofSize(1_001));

    retrieve(small, first);
    retrieve(small, second);

    assertThat(counting.retrievals()).isPositive();
  }

  private StorageDriver caching(long bytes) {
    return new CachingStorageDriver(
        counting,
        new PayloadCache(bytes, Duration.ofHours(1), () -> now),
        new Notifications(
            new StorageMetrics(null),
            new StorageListener() {
              @Override
              public void onCacheHit(StorageEvent event) {
                cacheHits.add(event);
              }
            }));
  }

  private static StorageDriverClaim store(StorageDriver driver, Payload payload) {
    return driver.store(StorageDriverStoreContext.empty(), payload).join();
  }

  private static Payload retrieve(StorageDriver driver, StorageDriverClaim claim) {
    return driver.retrieve(StorageDriverRetrieveContext.empty(), claim).join();
  }
}
