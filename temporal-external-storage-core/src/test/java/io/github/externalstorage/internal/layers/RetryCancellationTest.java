package io.github.externalstorage.internal.layers;

import static io.github.externalstorage.StorageFailures.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.ManualStorageDriver.Call;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.common.v1.Payload;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class RetryCancellationTest {

  private final ManualStorageDriver driver = new ManualStorageDriver("manual");
  private final ManualRetryTimer timer = new ManualRetryTimer();
  private final CompletableFuture<StorageDriverClaim> stored =
      new RetryingStorageDriver(
              driver, StorageRetryOptions.getDefaultInstance(), timer, Notifications.NONE)
          .store(StorageDriverStoreContext.empty(), TestPayloads.json("1"));

  @Test
  void futureCancelledDuringTheFirstAttempt() throws InterruptedException {
    stored.cancel(true);

    assertThat(driver.nextStore().result()).isCancelled();
    assertThat(timer.pauses()).isEmpty();
  }

  @Test
  void futureCancelledDuringALaterAttempt() throws InterruptedException {
    driver.nextStore().result().completeExceptionally(unavailable());
    timer.endPause();
    Call<Payload, StorageDriverClaim> second = driver.nextStore();

    stored.cancel(true);

    assertThat(second.result()).isCancelled();
    assertThat(timer.pauses()).hasSize(1);
  }

  @Test
  void futureCancelledDuringAPause() throws InterruptedException {
    driver.nextStore().result().completeExceptionally(unavailable());

    stored.cancel(true);

    assertThat(timer.pause()).isCancelled();
    assertThat(driver.calls()).isOne();
  }

  @Test
  void theDriversTokenIsCancelledWithTheFuture() throws InterruptedException {
    Call<Payload, StorageDriverClaim> first = driver.nextStore();
    assertThat(first.token().isCancellationRequested()).isFalse();

    stored.cancel(true);

    assertThat(first.token().isCancellationRequested()).isTrue();
  }

  @Test
  void failureAfterCancellationIsNotRetried() {
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
  void attemptThatWasCancelledByOthersIsNotRetried() throws InterruptedException {
    driver.nextStore().result().cancel(true);

    assertThat(stored).isCancelled();
    assertThat(timer.pauses()).isEmpty();
  }
}
