package io.github.externalstorage.internal.futures;

import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageException.Reason;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Results and failures; see {@link FuturesCancellationTest}. */
class FuturesTest {

  private final IllegalStateException failure = new IllegalStateException("failure");

  private final CompletableFuture<String> a = new CompletableFuture<>();
  private final CompletableFuture<String> b = new CompletableFuture<>();

  @Test
  void callReturnsTheFuture() {
    assertThat(Futures.call(() -> a)).isSameAs(a);
  }

  @Test
  void callTurnsWhatIsThrownIntoAFailure() {
    AssertionError error = new AssertionError("error");

    assertThat(
            failureOf(
                Futures.call(
                    () -> {
                      throw error;
                    })))
        .isSameAs(error);
  }

  @Test
  @SuppressWarnings("NullAway") // What a careless driver does.
  void callTurnsNullIntoAFailure() {
    CompletableFuture<String> none = null;

    failureOf(Futures.call(() -> none), Reason.MISCONFIGURED);
  }

  @Test
  void listHasTheOrderOfTheFutures() {
    CompletableFuture<List<String>> all = Futures.allAsList(List.of(a, b));
    b.complete("b");
    assertThat(all).isNotDone();
    a.complete("a");

    assertThat(all.join()).containsExactly("a", "b");
  }

  @Test
  void listOfNoneOrOneFuture() {
    assertThat(Futures.allAsList(List.of()).join()).isEmpty();

    CompletableFuture<List<String>> one = Futures.allAsList(List.of(a));
    a.complete("a");
    assertThat(one.join()).containsExactly("a");
  }

  @Test
  void firstFailureIsTheListsWhateverTheOthersDo() {
    CompletableFuture<List<String>> all = Futures.allAsList(List.of(a, b));
    b.completeExceptionally(new CompletionException(failure));

    assertThat(failureOf(all)).isSameAs(failure);
    assertThat(a).isCancelled();
  }

  @Test
  void mapAppliesAFunction() {
    CompletableFuture<Integer> mapped = Futures.map(a, String::length);
    a.complete("four");

    assertThat(mapped.join()).isEqualTo(4);
  }

  @Test
  void mapKeepsTheFailureUnwrapped() {
    CompletableFuture<Integer> mapped = Futures.map(a, String::length);
    a.completeExceptionally(failure);

    assertThat(mapped).isCompletedExceptionally();
    assertThat(failureOf(mapped)).isSameAs(failure);
  }

  @Test
  void mapFailsWithWhatTheFunctionThrows() {
    AssertionError error = new AssertionError("error");
    CompletableFuture<Integer> mapped =
        Futures.map(
            a,
            value -> {
              throw error;
            });
    a.complete("a");

    assertThat(failureOf(mapped)).isSameAs(error);
  }

  @Test
  void unwrapRemovesTheWrappersOfFutures() {
    assertThat(Futures.unwrap(failure)).isSameAs(failure);
    assertThat(Futures.unwrap(new ExecutionException(new CompletionException(failure))))
        .isSameAs(failure);
    CompletionException empty = new CompletionException("without a cause", null);
    assertThat(Futures.unwrap(empty)).isSameAs(empty);
  }
}
