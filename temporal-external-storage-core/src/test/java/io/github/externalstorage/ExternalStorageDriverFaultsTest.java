package io.github.externalstorage;

import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Drivers that break their contract, and payloads that can't be stored. */
class ExternalStorageDriverFaultsTest {

  private static final StorageDriverClaim CLAIM = ManualStorageDriver.claim("k");
  private static final Payload PAYLOAD = TestPayloads.json("\"sesame\"");
  private static final List<Payload> TWO = List.of(PAYLOAD, PAYLOAD);

  private final ManualStorageDriver driver = new ManualStorageDriver("manual");

  @Test
  @SuppressWarnings("NullAway") // The driver breaks the rule on purpose.
  void nullInsteadOfAResultIsAnError() throws InterruptedException {
    CompletableFuture<List<Payload>> stored = store(driver, TWO);
    driver.nextStore().result().complete(null);
    CompletableFuture<List<Payload>> retrieved =
        retrieve(driver, List.of(TestPayloads.reference("manual", CLAIM), PAYLOAD));
    driver.nextRetrieval().result().complete(null);

    for (CompletableFuture<?> failed : List.of(stored, retrieved)) {
      assertThat(failureOf(failed, Reason.MISCONFIGURED))
          .hasMessage("The storage driver 'manual' completed a future with null");
    }
  }

  @Test
  void thrownExceptionFailsTheFuture() {
    AssertionError defect = new AssertionError("defect");
    StorageDriver throwing =
        new StubStorageDriver("throwing") {
          @Override
          public CompletableFuture<StorageDriverClaim> store(
              StorageDriverStoreContext context, Payload payload) {
            throw defect;
          }

          @Override
          public CompletableFuture<Payload> retrieve(
              StorageDriverRetrieveContext context, StorageDriverClaim claim) {
            throw defect;
          }
        };

    assertThat(failureOf(store(throwing, TWO))).isSameAs(defect);
    assertThat(failureOf(retrieve(throwing, List.of(TestPayloads.reference("throwing", CLAIM)))))
        .isSameAs(defect);
  }

  @Test
  @SuppressWarnings("NullAway") // The driver breaks the rule on purpose.
  void missingFutureFailsTheFuture() {
    StorageDriver forgetful =
        new StubStorageDriver("forgetful") {
          @Override
          public CompletableFuture<StorageDriverClaim> store(
              StorageDriverStoreContext context, Payload payload) {
            return null;
          }

          @Override
          public CompletableFuture<Payload> retrieve(
              StorageDriverRetrieveContext context, StorageDriverClaim claim) {
            return null;
          }
        };
    Payload reference = TestPayloads.reference("forgetful", CLAIM);

    assertThat(failureOf(store(forgetful, TWO), Reason.MISCONFIGURED))
        .hasMessage("The storage driver 'forgetful' returned null instead of a future");
    assertThat(failureOf(retrieve(forgetful, List.of(reference)), Reason.MISCONFIGURED))
        .hasMessage("The storage driver 'forgetful' returned null instead of a future");
  }

  @Test
  void payloadsOverTheMaximumAreRejectedBeforeAnythingIsStored() {
    InMemoryStorageDriver small = InMemoryStorageDriver.newBuilder().setMaxPayloadSize(100).build();

    assertThat(store(small, List.of(TestPayloads.ofSize(100))).join()).hasSize(1);
    small.getObjects().clear();
    assertThat(
            failureOf(
                store(small, List.of(TestPayloads.ofSize(50), TestPayloads.ofSize(101))),
                Reason.TOO_LARGE))
        .hasMessageContaining("101 bytes")
        .hasMessageContaining("100 bytes")
        .hasMessageContaining("'in-memory'");
    assertThat(small.getObjects()).isEmpty();
  }

  private static CompletableFuture<List<Payload>> store(
      StorageDriver driver, List<Payload> payloads) {
    return storage(driver).store(StorageDriverStoreContext.empty(), payloads);
  }

  private static CompletableFuture<List<Payload>> retrieve(
      StorageDriver driver, List<Payload> payloads) {
    return storage(driver).retrieve(StorageDriverRetrieveContext.empty(), payloads);
  }

  private static ExternalStorage storage(StorageDriver driver) {
    return ExternalStorage.newBuilder()
        .setCacheMaxBytes(0)
        .setDriver(driver)
        .setPayloadSizeThreshold(0)
        .build();
  }
}
