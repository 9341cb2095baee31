package io.github.externalstorage.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.StorageFailures;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cache must not report objects as stored that do not exist. */
class CacheInvalidationTest {

  private static final Payload PAYLOAD = TestPayloads.ofSize(1_000);
  private static final StorageDriverClaim CLAIM = ManualStorageDriver.claim("k");

  private final ManualStorageDriver objects = new ManualStorageDriver("manual");
  private final StorageDriver driver =
      new CachingStorageDriver(
          new KnownClaim(objects),
          new PayloadCache(10_000, Duration.ofHours(1), InstantSource.system()),
          Notifications.NONE);

  @ParameterizedTest
  @EnumSource(names = {"NOT_FOUND", "CORRUPTED"})
  void anObjectFoundMissingOrDamagedIsNeitherReadFromTheCacheNorConsideredStored(Reason reason)
      throws InterruptedException {
    CompletableFuture<?> failing = retrieve();
    assertThat(storedNow()).isCompletedWithValue(CLAIM);

    objects
        .nextRetrieval()
        .result()
        .completeExceptionally(new StorageException(reason, "The object is not what it was"));

    StorageFailures.failureOf(failing, reason);
    CompletableFuture<Payload> retrieved = retrieve();
    objects.nextRetrieval().result().complete(PAYLOAD);
    assertThat(retrieved).isCompletedWithValue(PAYLOAD);
    assertThat(storedNow()).isCompletedWithValue(CLAIM);
  }

  @Test
  void anOutageKeepsWhatIsCached() throws InterruptedException {
    CompletableFuture<?> failing = retrieve();
    assertThat(storedNow()).isCompleted();
    objects.nextRetrieval().result().completeExceptionally(StorageFailures.unavailable());
    StorageFailures.failureOf(failing, Reason.UNAVAILABLE);

    assertThat(store()).isCompletedWithValue(CLAIM);
    assertThat(retrieve()).isCompletedWithValue(PAYLOAD);
    assertThat(objects.calls()).isEqualTo(2);
  }

  @Test
  void aStoreThatFailedForAllThatShareItIsMadeAgain() throws InterruptedException {
    List<CompletableFuture<?>> shared = List.of(store(), store());
    objects.nextStore().result().completeExceptionally(StorageFailures.unavailable());
    shared.forEach(it -> StorageFailures.failureOf(it, Reason.UNAVAILABLE));

    assertThat(storedNow()).isCompletedWithValue(CLAIM);
    assertThat(objects.calls()).isEqualTo(2);
  }

  @Test
  void aStoreThatWasCancelledIsMadeAgain() throws InterruptedException {
    store().cancel(true);
    assertThat(objects.nextStore().result()).isCancelled();

    assertThat(storedNow()).isCompletedWithValue(CLAIM);
    assertThat(objects.calls()).isEqualTo(2);
  }

  private CompletableFuture<StorageDriverClaim> storedNow() throws InterruptedException {
    CompletableFuture<StorageDriverClaim> stored = store();
    objects.nextStore().result().complete(CLAIM);
    return stored;
  }

  private CompletableFuture<StorageDriverClaim> store() {
    return driver.store(StorageDriverStoreContext.empty(), PAYLOAD);
  }

  private CompletableFuture<Payload> retrieve() {
    return driver.retrieve(StorageDriverRetrieveContext.empty(), CLAIM);
  }

  /** A driver that can predict claims, which the cache needs. */
  private static final class KnownClaim extends ForwardingStorageDriver {

    private KnownClaim(StorageDriver driver) {
      super(driver);
    }

    @Override
    public Optional<StorageDriverClaim> getClaim(
        StorageDriverStoreContext context, Payload payload) {
      return Optional.of(CLAIM);
    }

    @Override
    public CompletableFuture<StorageDriverClaim> store(
        StorageDriverStoreContext context, Payload payload) {
      context.reportStoredAt(Instant.now());
      return driver.store(context, payload);
    }

    @Override
    public CompletableFuture<Payload> retrieve(
        StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      return driver.retrieve(context, claim);
    }
  }
}
