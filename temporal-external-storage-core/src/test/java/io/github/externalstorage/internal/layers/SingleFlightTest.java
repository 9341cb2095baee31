package io.github.externalstorage.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.StorageFailures;
import io.github.externalstorage.driver.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SingleFlightTest {

  private final SingleFlight<String, String> singleFlight = new SingleFlight<>();
  private final List<CompletableFuture<String>> calls = new ArrayList<>();

  @Test
  void equalCallsShareOne() {
    CompletableFuture<String> first = join("key");
    CompletableFuture<String> second = join("key");
    CompletableFuture<String> other = join("other");

    assertThat(calls).hasSize(2);
    calls.get(0).complete("value");

    assertThat(first).isCompletedWithValue("value");
    assertThat(second).isCompletedWithValue("value");
    assertThat(other).isNotDone();
  }

  @Test
  void whenACallHasEndedTheNextOneIsNew() {
    CompletableFuture<String> first = join("key");
    calls.get(0).complete("old");
    CompletableFuture<String> second = join("key");
    calls.get(1).complete("new");

    assertThat(first).isCompletedWithValue("old");
    assertThat(second).isCompletedWithValue("new");
  }

  @Test
  void aFailureReachesAll() {
    CompletableFuture<String> first = join("key");
    CompletableFuture<String> second = join("key");
    StorageException failure = new StorageException(StorageException.Reason.NOT_FOUND, "gone");

    calls.get(0).completeExceptionally(failure);

    assertThat(first).isCompletedExceptionally();
    assertThat(StorageFailures.failureOf(second)).isSameAs(failure);
  }

  @Test
  void cancellingOneCallerLeavesTheOthers() {
    CompletableFuture<String> first = join("key");
    CompletableFuture<String> second = join("key");

    first.cancel(true);

    assertThat(calls.get(0)).isNotDone();
    calls.get(0).complete("value");
    assertThat(second).isCompletedWithValue("value");
  }

  @Test
  void cancellingTheLastCallerCancelsTheCall() {
    CompletableFuture<String> first = join("key");
    CompletableFuture<String> second = join("key");

    first.cancel(true);
    second.cancel(true);

    assertThat(calls.get(0)).isCancelled();
  }

  @Test
  void afterAnAbandonedCallANewOneStarts() {
    join("key").cancel(true);
    CompletableFuture<String> second = join("key");

    assertThat(calls).hasSize(2);
    calls.get(1).complete("value");
    assertThat(second).isCompletedWithValue("value");
  }

  private CompletableFuture<String> join(String key) {
    return singleFlight.join(
        key,
        () -> {
          CompletableFuture<String> call = new CompletableFuture<>();
          calls.add(call);
          return call;
        });
  }
}
