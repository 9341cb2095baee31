package io.github.externalstorage.internal.futures;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.CancellationToken;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Cancellation goes against the direction of the results. */
class FuturesCancellationTest {

  private final CompletableFuture<String> a = new CompletableFuture<>();
  private final CompletableFuture<String> b = new CompletableFuture<>();
  private final CancellationSource token = new CancellationSource();
  private final AtomicInteger failures = new AtomicInteger();

  @Test
  void mapCancelsItsSource() {
    Futures.map(Futures.map(a, String::length), length -> length + 1).cancel(true);

    assertThat(a).isCancelled();
  }

  @Test
  void mapIsCancelledWithItsSource() {
    CompletableFuture<Integer> mapped = Futures.map(a, String::length);

    a.cancel(true);

    assertThat(mapped).isCancelled();
  }

  @Test
  void listCancelsEveryFuture() {
    Futures.allAsList(List.of(a, b)).cancel(true);

    assertThat(a).isCancelled();
    assertThat(b).isCancelled();
  }

  @Test
  void listOfOneCancelsIt() {
    Futures.allAsList(List.of(a)).cancel(true);

    assertThat(a).isCancelled();
  }

  @Test
  void listKeepsWhatWasDone() {
    a.complete("a");
    Futures.allAsList(List.of(a, b)).cancel(true);

    assertThat(a).isCompletedWithValue("a");
  }

  @Test
  void resultsAndFailuresCancelNoWork() {
    CompletableFuture<String> result = new CompletableFuture<>();
    Futures.cancelWith(result, a);
    result.complete("done");
    CompletableFuture<String> failed = CompletableFuture.failedFuture(new IllegalStateException());
    Futures.cancelWith(failed, a);

    assertThat(a).isNotDone();
  }

  @Test
  void workIsCancelledAtOnceIfTheResultAlreadyWas() {
    CompletableFuture<String> result = new CompletableFuture<>();
    result.cancel(true);
    Futures.cancelWith(result, a);

    assertThat(a).isCancelled();
  }

  @Test
  void tokenCancelsTheFuture() {
    assertThat(Futures.cancelOn(token, a)).isSameAs(a);

    token.cancel();

    assertThat(a).isCancelled();
  }

  @Test
  void cancelledTokenCancelsAtOnce() {
    token.cancel();

    assertThat(Futures.cancelOn(token, a)).isCancelled();
  }

  @Test
  void tokenDropsADoneFuture() {
    AtomicInteger open = new AtomicInteger();
    CancellationToken counting =
        new CancellationToken() {
          @Override
          public boolean isCancellationRequested() {
            return false;
          }

          @Override
          public Registration onCancel(Runnable action) {
            open.incrementAndGet();
            return open::decrementAndGet;
          }
        };
    Futures.cancelOn(counting, a);
    Futures.cancelOn(counting, b);
    assertThat(open).hasValue(2);

    a.complete("a");
    b.completeExceptionally(new IllegalStateException());

    assertThat(open).hasValue(0);
  }

  @Test
  void neverCancelledTokenLeavesTheFutureAlone() {
    assertThat(Futures.cancelOn(CancellationToken.none(), a)).isNotDone();
  }

  @Test
  void onFailureRunsOnFailureAndCancellationOnly() {
    Futures.onFailure(a, failures::incrementAndGet);
    a.complete("a");
    assertThat(failures).hasValue(0);

    Futures.onFailure(b, failures::incrementAndGet);
    b.cancel(true);
    Futures.onFailure(
        CompletableFuture.failedFuture(new IllegalStateException()), failures::incrementAndGet);
    assertThat(failures).hasValue(2);
  }
}
