package io.github.externalstorage.internal.layers;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.SinglePayloadStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The layer by itself, as the native route uses it; the rest is in ExternalStorage's tests. */
class CheckingStorageDriverTest {

  private static final Payload PAYLOAD = TestPayloads.json("1");
  private static final List<Payload> PAYLOADS = List.of(PAYLOAD);

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
  @SuppressWarnings("NullAway") // The driver breaks the rule on purpose.
  void missingAnswersAreErrors() throws InterruptedException {
    List<Payload> noPayloads = null;
    List<StorageDriverClaim> noClaims = null;
    for (List<StorageDriverClaim> claims :
        Arrays.asList(noClaims, Arrays.asList(claim("k"), null))) {
      CompletableFuture<List<StorageDriverClaim>> stored =
          checking.store(StorageDriverStoreContext.empty(), List.of(PAYLOAD, PAYLOAD));
      driver.nextStore().answer().complete(claims);

      assertThat(failureOf(stored, Reason.MISCONFIGURED))
          .hasMessageMatching("The storage driver 'manual' returned null .* claims");
    }
    for (List<Payload> payloads : Arrays.asList(noPayloads, Arrays.asList(PAYLOAD, null))) {
      CompletableFuture<List<Payload>> retrieved =
          checking.retrieve(StorageDriverRetrieveContext.empty(), List.of(claim("k"), claim("k")));
      driver.nextRetrieval().answer().complete(payloads);

      assertThat(failureOf(retrieved, Reason.MISCONFIGURED))
          .hasMessageMatching("The storage driver 'manual' returned null .* payloads");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  @SuppressWarnings("NullAway") // The driver breaks the rule on purpose.
  void missingAnswersOfSinglePayloadsAreErrors(int count) {
    StorageDriver empty =
        new CheckingStorageDriver(
            new SinglePayloadStorageDriver() {
              @Override
              public String getName() {
                return "empty";
              }

              @Override
              public String getType() {
                return "stub";
              }

              @Override
              protected CompletableFuture<StorageDriverClaim> storePayload(
                  StorageDriverStoreContext context, Payload payload) {
                return CompletableFuture.completedFuture(null);
              }

              @Override
              protected CompletableFuture<Payload> retrievePayload(
                  StorageDriverRetrieveContext context, StorageDriverClaim claim) {
                return CompletableFuture.completedFuture(null);
              }
            });

    assertThat(
            failureOf(
                empty.store(StorageDriverStoreContext.empty(), Collections.nCopies(count, PAYLOAD)),
                Reason.MISCONFIGURED))
        .hasMessage("The storage driver 'empty' returned null among its claims");
    assertThat(
            failureOf(
                empty.retrieve(
                    StorageDriverRetrieveContext.empty(), Collections.nCopies(count, claim("k"))),
                Reason.MISCONFIGURED))
        .hasMessage("The storage driver 'empty' returned null among its payloads");
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
                new ConfiningStorageDriver(throwing, null)
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
