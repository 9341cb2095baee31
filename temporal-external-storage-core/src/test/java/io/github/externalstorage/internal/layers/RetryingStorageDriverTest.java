package io.github.externalstorage.internal.layers;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static io.github.externalstorage.StorageFailures.failureOf;
import static io.github.externalstorage.StorageFailures.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Which failures are tried again, and for how long. */
class RetryingStorageDriverTest {

  private static final Payload PAYLOAD = TestPayloads.json("1");
  private static final StorageRetryOptions OPTIONS =
      StorageRetryOptions.newBuilder()
          .setInitialBackoff(Duration.ofMillis(100))
          .setMaxBackoff(Duration.ofMillis(100))
          .setMaxElapsedTime(Duration.ofSeconds(1))
          .build();

  private final ManualStorageDriver driver = new ManualStorageDriver("manual");
  private final ManualRetryTimer timer = new ManualRetryTimer();
  private final StorageDriver retrying =
      new RetryingStorageDriver(driver, OPTIONS, timer, Notifications.NONE);

  @Test
  void successNeedsOneAttempt() throws InterruptedException {
    CompletableFuture<StorageDriverClaim> stored = store();
    driver.nextStore().answer().complete(claim("k"));

    assertThat(stored.join()).isEqualTo(claim("k"));
    assertThat(driver.calls()).isOne();
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void storingIsTriedAgainUntilItSucceeds() throws InterruptedException {
    CompletableFuture<StorageDriverClaim> stored = store();
    for (int i = 0; i < 3; i++) {
      driver.nextStore().answer().completeExceptionally(unavailable());
      assertThat(stored).isNotDone();
      timer.endPause();
    }
    ManualStorageDriver.Call<Payload, StorageDriverClaim> last = driver.nextStore();
    last.answer().complete(claim("k"));

    assertThat(last.item()).isEqualTo(PAYLOAD);
    assertThat(stored.join()).isEqualTo(claim("k"));
    assertThat(driver.calls()).isEqualTo(4);
  }

  @Test
  void retrievingIsTriedAgain() throws InterruptedException {
    CompletableFuture<Payload> retrieved =
        retrying.retrieve(StorageDriverRetrieveContext.empty(), claim("k"));
    driver.nextRetrieval().answer().completeExceptionally(unavailable());
    timer.endPause();
    driver.nextRetrieval().answer().complete(PAYLOAD);

    assertThat(retrieved.join()).isEqualTo(PAYLOAD);
  }

  @Test
  void wrappedFailuresAreTriedAgain() throws InterruptedException {
    CompletableFuture<StorageDriverClaim> stored = store();
    driver.nextStore().answer().completeExceptionally(new CompletionException(unavailable()));
    timer.endPause();
    driver.nextStore().answer().complete(claim("k"));

    assertThat(stored.join()).isEqualTo(claim("k"));
  }

  @Test
  void failuresThatNoRetryMendsAreNotTriedAgain() throws InterruptedException {
    StorageException denied = new StorageException(Reason.ACCESS_DENIED, "No");
    CompletableFuture<StorageDriverClaim> stored = store();
    driver.nextStore().answer().completeExceptionally(denied);

    assertThat(failureOf(stored)).isSameAs(denied);
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void failuresOfOtherTypesAreNotTriedAgain() throws InterruptedException {
    IllegalStateException defect = new IllegalStateException("defect");
    CompletableFuture<StorageDriverClaim> stored = store();
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
          public CompletableFuture<StorageDriverClaim> store(
              StorageDriverStoreContext context, Payload payload) {
            throw failure;
          }
        };
    CompletableFuture<StorageDriverClaim> stored =
        new RetryingStorageDriver(throwing, OPTIONS, timer, Notifications.NONE)
            .store(StorageDriverStoreContext.empty(), PAYLOAD);

    assertThat(timer.pauses()).hasSize(1);
    timer.pass(Duration.ofSeconds(1));
    timer.endPause();
    assertThat(failureOf(stored)).isSameAs(failure);
  }

  @Test
  void lastFailureIsToldWhenTheTimeIsOver() throws InterruptedException {
    CompletableFuture<StorageDriverClaim> stored = store();
    driver.nextStore().answer().completeExceptionally(unavailable());
    timer.endPause();
    timer.pass(Duration.ofSeconds(1));
    StorageException last = unavailable();
    driver.nextStore().answer().completeExceptionally(last);

    assertThat(failureOf(stored)).isSameAs(last);
    assertThat(timer.pauses()).hasSize(1);
  }

  private CompletableFuture<StorageDriverClaim> store() {
    return retrying.store(StorageDriverStoreContext.empty(), PAYLOAD);
  }
}
