package io.github.externalstorage.internal.layers;

import static io.github.externalstorage.StorageFailures.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.ManualStorageDriver.Call;
import io.github.externalstorage.StorageRetryOptions;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RetryCancellationTest {

  private final ManualStorageDriver driver = new ManualStorageDriver("manual");
  private final ManualRetryTimer timer = new ManualRetryTimer();
  private final CancellationSource token = new CancellationSource();
  private final CompletableFuture<List<StorageDriverClaim>> stored =
      new RetryingStorageDriver(driver, StorageRetryOptions.getDefaultInstance(), timer, null)
          .store(
              StorageDriverStoreContext.empty().withCancellationToken(token),
              List.of(TestPayloads.json("1")));

  @Test
  void futureCancelledDuringTheFirstAttempt() throws InterruptedException {
    stored.cancel(true);

    assertThat(driver.nextStore().answer()).isCancelled();
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void futureCancelledDuringALaterAttempt() throws InterruptedException {
    driver.nextStore().answer().completeExceptionally(unavailable());
    timer.endPause();
    Call<Payload, StorageDriverClaim> second = driver.nextStore();

    stored.cancel(true);

    assertThat(second.answer()).isCancelled();
    assertThat(timer.pauses()).hasSize(1);
  }

  @Test
  void futureCancelledDuringAPause() throws InterruptedException {
    driver.nextStore().answer().completeExceptionally(unavailable());

    stored.cancel(true);

    assertThat(timer.pause()).isCancelled();
    assertThat(driver.calls()).isOne();
  }

  @Test
  void tokenCancelledDuringAnAttempt() throws InterruptedException {
    Call<Payload, StorageDriverClaim> first = driver.nextStore();
    assertThat(first.token()).isSameAs(token);

    token.cancel();

    assertThat(stored).isCancelled();
    assertThat(first.answer()).isCancelled();
  }

  @Test
  void tokenCancelledDuringAPause() throws InterruptedException {
    driver.nextStore().answer().completeExceptionally(unavailable());

    token.cancel();

    assertThat(stored).isCancelled();
    assertThat(timer.pause()).isCancelled();
    assertThat(driver.calls()).isOne();
  }

  @Test
  void failureAfterCancellationIsNotTriedAgain() {
    CompletableFuture<String> deaf =
        new CompletableFuture<>() {
          @Override
          public boolean cancel(boolean mayInterruptIfRunning) {
            return false;
          }
        };
    CompletableFuture<String> result =
        new RetryLoop<>(
                () -> deaf,
                StorageRetryOptions.getDefaultInstance(),
                timer,
                (duration, failure) -> {})
            .start();

    result.cancel(true);
    deaf.completeExceptionally(unavailable());

    assertThat(result).isCancelled();
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void attemptThatWasCancelledByOthersIsNotTriedAgain() throws InterruptedException {
    driver.nextStore().answer().cancel(true);

    assertThat(stored).isCancelled();
    assertThat(timer.pauses()).isEmpty();
  }
}
