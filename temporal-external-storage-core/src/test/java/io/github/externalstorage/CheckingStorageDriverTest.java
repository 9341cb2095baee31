package io.github.externalstorage;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The layer by itself, as the native route uses it; the rest is in ExternalStorage's tests. */
class CheckingStorageDriverTest {

  private static final List<Payload> PAYLOADS = List.of(TestPayloads.json("1"));

  private final ManualStorageDriver driver = new ManualStorageDriver("manual");
  private final StorageDriver checking = new CheckingStorageDriver(driver);

  @Test
  void goodAnswersPass() throws InterruptedException {
    CompletableFuture<List<StorageDriverClaim>> stored =
        checking.store(StorageDriverStoreContext.empty(), PAYLOADS);
    driver.nextStore().answer().complete(List.of(claim("k")));
    CompletableFuture<List<Payload>> retrieved =
        checking.retrieve(StorageDriverRetrieveContext.empty(), List.of(claim("k")));
    driver.nextRetrieval().answer().complete(PAYLOADS);

    assertThat(stored.join()).containsExactly(claim("k"));
    assertThat(retrieved.join()).isEqualTo(PAYLOADS);
  }

  @Test
  void wrongCountsAreErrors() throws InterruptedException {
    CompletableFuture<List<StorageDriverClaim>> stored =
        checking.store(StorageDriverStoreContext.empty(), PAYLOADS);
    driver.nextStore().answer().complete(List.of());
    CompletableFuture<List<Payload>> retrieved =
        checking.retrieve(StorageDriverRetrieveContext.empty(), List.of(claim("k")));
    driver.nextRetrieval().answer().complete(List.of());

    failureOf(stored, Reason.MISCONFIGURED);
    failureOf(retrieved, Reason.MISCONFIGURED);
  }

  @Test
  void cancellationReachesTheDriver() throws InterruptedException {
    checking.store(StorageDriverStoreContext.empty(), PAYLOADS).cancel(true);

    assertThat(driver.nextStore().answer()).isCancelled();
  }

  @Test
  void defectOfValidationFailsTheFuture() {
    IllegalStateException defect = new IllegalStateException("defect");
    StorageDriver throwing =
        new StubStorageDriver("throwing") {
          @Override
          public void validateClaim(StorageDriverClaim claim) {
            throw defect;
          }
        };

    assertThat(
            failureOf(
                new ConfiningStorageDriver(throwing)
                    .retrieve(StorageDriverRetrieveContext.empty(), List.of(claim("k")))))
        .isSameAs(defect);
  }

  @Test
  void restIsTheDriversOwn() {
    InMemoryStorageDriver inner =
        InMemoryStorageDriver.newBuilder().setName("inner").setMaxPayloadSize(5).build();
    StorageDriver around = new CheckingStorageDriver(inner);
    StorageDriverStoreContext context =
        StorageDriverStoreContext.of(new StorageDriverWorkflowInfo("ns", "id", null, null));
    StorageDriverClaim claim =
        around.store(context, List.of(Payload.getDefaultInstance())).join().get(0);

    assertThat(around.getName()).isEqualTo("inner");
    assertThat(around.getType()).isEqualTo(InMemoryStorageDriver.TYPE);
    assertThat(around.getMaxPayloadSize()).isEqualTo(5);
    assertThat(around.getNamespace(claim)).isEqualTo(Optional.of("ns"));
  }
}
