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

/** Which failures are retried, and for how long. */
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
    driver.nextStore().result().complete(claim("k"));

    assertThat(stored.join()).isEqualTo(claim("k"));
    assertThat(driver.calls()).isOne();
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void storingIsRetriedUntilItSucceeds() throws InterruptedException {
    CompletableFuture<StorageDriverClaim> stored = store();
    for (int i = 0; i < 3; i++) {
      driver.nextStore().result().completeExceptionally(unavailable());
      assertThat(stored).isNotDone();
      timer.endPause();
    }
    ManualStorageDriver.Call<Payload, StorageDriverClaim> last = driver.nextStore();
    last.result().complete(claim("k"));

    assertThat(last.item()).isEqualTo(PAYLOAD);
    assertThat(stored.join()).isEqualTo(claim("k"));
    assertThat(driver.calls()).isEqualTo(4);
  }

  @Test
  void retrievingIsRetried() throws InterruptedException {
    CompletableFuture<Payload> retrieved =
        retrying.retrieve(StorageDriverRetrieveContext.empty(), claim("k"));
    driver.nextRetrieval().result().completeExceptionally(unavailable());
    timer.endPause();
    driver.nextRetrieval().result().complete(PAYLOAD);

    assertThat(retrieved.join()).isEqualTo(PAYLOAD);
  }

  @Test
  void wrappedFailuresAreRetried() throws InterruptedException {
    CompletableFuture<StorageDriverClaim> stored = store();
    driver.nextStore().result().completeExceptionally(new CompletionException(unavailable()));
    timer.endPause();
    driver.nextStore().result().complete(claim("k"));

    assertThat(stored.join()).isEqualTo(claim("k"));
  }

  @Test
  void nonRetryableFailuresAreNotRetried() throws InterruptedException {
    StorageException denied = new StorageException(Reason.ACCESS_DENIED, "No");
    CompletableFuture<StorageDriverClaim> stored = store();
    driver.nextStore().result().completeExceptionally(denied);

    assertThat(failureOf(stored)).isSameAs(denied);
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void failuresOfOtherTypesAreNotRetried() throws InterruptedException {
    IllegalStateException defect = new IllegalStateException("defect");
    CompletableFuture<StorageDriverClaim> stored = store();
    driver.nextStore().result().completeExceptionally(defect);

    assertThat(failureOf(stored)).isSameAs(defect);
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void thrownFailuresAreRetried() {
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
  void lastFailureIsReportedWhenTheTimeIsOver() throws InterruptedException {
    CompletableFuture<StorageDriverClaim> stored = store();
    driver.nextStore().result().completeExceptionally(unavailable());
    timer.endPause();
    timer.pass(Duration.ofSeconds(1));
    StorageException last = unavailable();
    driver.nextStore().result().completeExceptionally(last);

    assertThat(failureOf(stored)).isSameAs(last);
    assertThat(timer.pauses()).hasSize(1);
  }

  private CompletableFuture<StorageDriverClaim> store() {
    return retrying.store(StorageDriverStoreContext.empty(), PAYLOAD);
  }
}
