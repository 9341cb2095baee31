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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The cache must not vouch for objects that are not there. */
class CacheInvalidationTest {

  private static final Payload PAYLOAD = TestPayloads.ofSize(1_000);
  private static final StorageDriverClaim CLAIM = ManualStorageDriver.claim("k");

  private final ManualStorageDriver objects = new ManualStorageDriver("manual");
  private final StorageDriver driver =
      new CachingStorageDriver(
          new KnownClaim(objects),
          new PayloadCache(10_000, Duration.ofHours(1), InstantSource.system()),
          null);

  @ParameterizedTest
  @EnumSource(names = {"NOT_FOUND", "CORRUPTED"})
  void anObjectFoundMissingOrDamagedIsNeitherReadFromTheCacheNorTakenForStored(Reason reason)
      throws InterruptedException {
    CompletableFuture<?> failing = retrieve();
    assertThat(storedNow()).isCompletedWithValue(List.of(CLAIM));

    objects
        .nextRetrieval()
        .answer()
        .completeExceptionally(new StorageException(reason, "The object is not what it was"));

    StorageFailures.failureOf(failing, reason);
    CompletableFuture<List<Payload>> retrieved = retrieve();
    objects.nextRetrieval().answer().complete(List.of(PAYLOAD));
    assertThat(retrieved).isCompletedWithValue(List.of(PAYLOAD));
    assertThat(storedNow()).isCompletedWithValue(List.of(CLAIM));
  }

  @Test
  void anOutageKeepsWhatIsCached() throws InterruptedException {
    CompletableFuture<?> failing = retrieve();
    assertThat(storedNow()).isCompleted();
    objects.nextRetrieval().answer().completeExceptionally(StorageFailures.unavailable());
    StorageFailures.failureOf(failing, Reason.UNAVAILABLE);

    assertThat(store()).isCompletedWithValue(List.of(CLAIM));
    assertThat(retrieve()).isCompletedWithValue(List.of(PAYLOAD));
    assertThat(objects.calls()).isEqualTo(2);
  }

  @Test
  void aStoreThatFailedForAllThatShareItIsMadeAgain() throws InterruptedException {
    List<CompletableFuture<?>> shared = List.of(store(), store());
    objects.nextStore().answer().completeExceptionally(StorageFailures.unavailable());
    shared.forEach(it -> StorageFailures.failureOf(it, Reason.UNAVAILABLE));

    assertThat(storedNow()).isCompletedWithValue(List.of(CLAIM));
    assertThat(objects.calls()).isEqualTo(2);
  }

  @Test
  void aStoreThatWasCancelledIsMadeAgain() throws InterruptedException {
    store().cancel(true);
    assertThat(objects.nextStore().token().isCancellationRequested()).isTrue();

    assertThat(storedNow()).isCompletedWithValue(List.of(CLAIM));
    assertThat(objects.calls()).isEqualTo(2);
  }

  private CompletableFuture<List<StorageDriverClaim>> storedNow() throws InterruptedException {
    CompletableFuture<List<StorageDriverClaim>> stored = store();
    objects.nextStore().answer().complete(List.of(CLAIM));
    return stored;
  }

  private CompletableFuture<List<StorageDriverClaim>> store() {
    return driver.store(StorageDriverStoreContext.empty(), List.of(PAYLOAD));
  }

  private CompletableFuture<List<Payload>> retrieve() {
    return driver.retrieve(StorageDriverRetrieveContext.empty(), List.of(CLAIM));
  }

  /** A driver that knows before where a payload goes, which is what the cache works for. */
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
    public CompletableFuture<List<StorageDriverClaim>> store(
        StorageDriverStoreContext context, List<Payload> payloads) {
      return driver.store(context, payloads);
    }

    @Override
    public CompletableFuture<List<Payload>> retrieve(
        StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
      return driver.retrieve(context, claims);
    }
  }
}
