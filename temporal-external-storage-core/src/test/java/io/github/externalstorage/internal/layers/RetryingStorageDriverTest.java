package io.github.externalstorage.internal.layers;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static io.github.externalstorage.StorageFailures.failureOf;
import static io.github.externalstorage.StorageFailures.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.StorageRetryOptions;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Which failures are tried again, and for how long. */
class RetryingStorageDriverTest {

  private static final List<Payload> PAYLOADS = List.of(TestPayloads.json("1"));
  private static final StorageRetryOptions OPTIONS =
      StorageRetryOptions.newBuilder()
          .setInitialBackoff(Duration.ofMillis(100))
          .setMaxBackoff(Duration.ofMillis(100))
          .setMaxElapsedTime(Duration.ofSeconds(1))
          .build();

  private final ManualStorageDriver driver = new ManualStorageDriver("manual");
  private final ManualRetryTimer timer = new ManualRetryTimer();
  private final StorageDriver retrying = new RetryingStorageDriver(driver, OPTIONS, timer, null);

  @Test
  void successNeedsOneAttempt() throws InterruptedException {
    CompletableFuture<List<StorageDriverClaim>> stored = store();
    driver.nextStore().answer().complete(List.of(claim("k")));

    assertThat(stored.join()).containsExactly(claim("k"));
    assertThat(driver.calls()).isOne();
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void storingIsTriedAgainUntilItSucceeds() throws InterruptedException {
    CompletableFuture<List<StorageDriverClaim>> stored = store();
    for (int i = 0; i < 3; i++) {
      driver.nextStore().answer().completeExceptionally(unavailable());
      assertThat(stored).isNotDone();
      timer.endPause();
    }
    ManualStorageDriver.Call<Payload, StorageDriverClaim> last = driver.nextStore();
    last.answer().complete(List.of(claim("k")));

    assertThat(last.items()).isEqualTo(PAYLOADS);
    assertThat(stored.join()).containsExactly(claim("k"));
    assertThat(driver.calls()).isEqualTo(4);
  }

  @Test
  void retrievingIsTriedAgain() throws InterruptedException {
    CompletableFuture<List<Payload>> retrieved =
        retrying.retrieve(StorageDriverRetrieveContext.empty(), List.of(claim("k")));
    driver.nextRetrieval().answer().completeExceptionally(unavailable());
    timer.endPause();
    driver.nextRetrieval().answer().complete(PAYLOADS);

    assertThat(retrieved.join()).isEqualTo(PAYLOADS);
  }

  @Test
  void wrappedFailuresAreTriedAgain() throws InterruptedException {
    CompletableFuture<List<StorageDriverClaim>> stored = store();
    driver.nextStore().answer().completeExceptionally(new CompletionException(unavailable()));
    timer.endPause();
    driver.nextStore().answer().complete(List.of());

    assertThat(stored.join()).isEmpty();
  }

  @Test
  void failuresThatNoRetryMendsAreNotTriedAgain() throws InterruptedException {
    StorageException denied = new StorageException(Reason.ACCESS_DENIED, "No");
    CompletableFuture<List<StorageDriverClaim>> stored = store();
    driver.nextStore().answer().completeExceptionally(denied);

    assertThat(failureOf(stored)).isSameAs(denied);
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void failuresOfOtherTypesAreNotTriedAgain() throws InterruptedException {
    IllegalStateException defect = new IllegalStateException("defect");
    CompletableFuture<List<StorageDriverClaim>> stored = store();
    driver.nextStore().answer().completeExceptionally(defect);

    assertThat(failureOf(stored)).isSameAs(defect);
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void thrownFailuresAreTriedAgain() {
    StorageException failure = unavailable();
    StorageDriver throwing =
        new StubStorageDriver("throwing") {
          @Override
          public CompletableFuture<List<StorageDriverClaim>> store(
              StorageDriverStoreContext context, List<Payload> payloads) {
            throw failure;
          }
        };
    CompletableFuture<List<StorageDriverClaim>> stored =
        new RetryingStorageDriver(throwing, OPTIONS, timer, null)
            .store(StorageDriverStoreContext.empty(), PAYLOADS);

    assertThat(timer.pauses()).hasSize(1);
    timer.pass(Duration.ofSeconds(1));
    timer.endPause();
    assertThat(failureOf(stored)).isSameAs(failure);
  }

  @Test
  void lastFailureIsToldWhenTheTimeIsOver() throws InterruptedException {
    CompletableFuture<List<StorageDriverClaim>> stored = store();
    driver.nextStore().answer().completeExceptionally(unavailable());
    timer.endPause();
    timer.pass(Duration.ofSeconds(1));
    StorageException last = unavailable();
    driver.nextStore().answer().completeExceptionally(last);

    assertThat(failureOf(stored)).isSameAs(last);
    assertThat(timer.pauses()).hasSize(1);
  }

  private CompletableFuture<List<StorageDriverClaim>> store() {
    return retrying.store(StorageDriverStoreContext.empty(), PAYLOADS);
  }
}
