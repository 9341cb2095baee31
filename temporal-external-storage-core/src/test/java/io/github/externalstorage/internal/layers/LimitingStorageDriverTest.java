package io.github.externalstorage.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.StorageFailures;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LimitingStorageDriverTest {

  private final ManualStorageDriver manual = new ManualStorageDriver("manual");

  @Test
  void furtherCallsWaitTheirTurn() throws Exception {
    StorageDriver driver = limiting(1, 1_000);
    CompletableFuture<?> first = store(driver, 100);
    CompletableFuture<?> second = store(driver, 100);
    assertThat(manual.calls()).isEqualTo(1);

    manual.nextStore().result().complete(ManualStorageDriver.claim("1"));
    manual.nextStore().result().complete(ManualStorageDriver.claim("2"));

    first.get(60, TimeUnit.SECONDS);
    second.get(60, TimeUnit.SECONDS);
  }

  @Test
  void bytesInFlightAreLimited() throws Exception {
    StorageDriver driver = limiting(10, 1_000);
    CompletableFuture<?> first = store(driver, 600);
    CompletableFuture<?> second = store(driver, 600);
    assertThat(manual.calls()).isEqualTo(1);

    manual.nextStore().result().complete(ManualStorageDriver.claim("1"));
    manual.nextStore().result().complete(ManualStorageDriver.claim("2"));

    first.get(60, TimeUnit.SECONDS);
    second.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aPayloadLargerThanTheLimitGoesAlone() throws Exception {
    StorageDriver driver = limiting(10, 1_000);
    CompletableFuture<?> large = store(driver, 5_000);

    manual.nextStore().result().complete(ManualStorageDriver.claim("1"));

    large.get(60, TimeUnit.SECONDS);
  }

  @Test
  void aFailureReleasesItsPermits() throws Exception {
    StorageDriver driver = limiting(1, 1_000);
    CompletableFuture<?> first = store(driver, 100);
    manual.nextStore().result().completeExceptionally(StorageFailures.unavailable());
    StorageFailures.failureOf(first, StorageException.Reason.UNAVAILABLE);

    store(driver, 100);

    assertThat(manual.calls()).isEqualTo(2);
  }

  @Test
  void aCallCancelledWhileWaitingIsNeverMade() throws Exception {
    StorageDriver driver = limiting(1, 1_000);
    CompletableFuture<?> first = store(driver, 100);
    store(driver, 100).cancel(true);
    CompletableFuture<?> third = store(driver, 200);

    manual.nextStore().result().complete(ManualStorageDriver.claim("1"));
    ManualStorageDriver.Call<Payload, StorageDriverClaim> next = manual.nextStore();

    assertThat(next.item().getSerializedSize()).isEqualTo(200);
    next.result().complete(ManualStorageDriver.claim("3"));
    first.get(60, TimeUnit.SECONDS);
    third.get(60, TimeUnit.SECONDS);
  }

  private StorageDriver limiting(int operations, long bytes) {
    return new LimitingStorageDriver(
        manual, new FairPermits(operations), new FairPermits(bytes), new StorageMetrics(null));
  }

  private static CompletableFuture<?> store(StorageDriver driver, int bytes) {
    return driver.store(StorageDriverStoreContext.empty(), TestPayloads.ofSize(bytes));
  }
}
