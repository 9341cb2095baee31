package io.github.externalstorage.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ManualStorageDriver;
import io.github.externalstorage.StorageFailures;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The memory that drivers reserve for what they retrieve. */
class ReservationTest {

  private final List<StorageDriverRetrieveContext> contexts = new ArrayList<>();
  private final List<CompletableFuture<Payload>> results = new ArrayList<>();
  private final StorageDriver driver =
      new LimitingStorageDriver(
          new StubStorageDriver("stub") {
            @Override
            public CompletableFuture<Payload> retrieve(
                StorageDriverRetrieveContext context, StorageDriverClaim claim) {
              contexts.add(context);
              results.add(new CompletableFuture<>());
              return results.get(results.size() - 1);
            }
          },
          new FairPermits(10),
          new FairPermits(100),
          new StorageMetrics(null));

  @ParameterizedTest
  @ValueSource(strings = {"success", "failure", "cancellation"})
  void isReleasedWhenTheCallEnds(String end) throws Exception {
    CompletableFuture<Payload> first = retrieve();
    retrieve();
    assertThat(contexts.get(0).reserve(60)).isCompleted();
    CompletableFuture<Void> second = contexts.get(1).reserve(60);
    assertThat(second).isNotDone();

    switch (end) {
      case "success" -> results.get(0).complete(TestPayloads.json("1"));
      case "failure" -> results.get(0).completeExceptionally(StorageFailures.unavailable());
      default -> first.cancel(true);
    }

    second.get(60, TimeUnit.SECONDS);
  }

  @Test
  void ofALaterAttemptReplacesTheEarlierOne() {
    retrieve();
    assertThat(contexts.get(0).reserve(80)).isCompleted();

    assertThat(contexts.get(0).reserve(80)).isCompleted();
  }

  @Test
  void thatIsWaitedForLeavesTheQueueWhenTheCallEnds() throws Exception {
    retrieve();
    retrieve();
    retrieve();
    assertThat(contexts.get(0).reserve(60)).isCompleted();
    CompletableFuture<Void> waiting = contexts.get(1).reserve(60);
    CompletableFuture<Void> small = contexts.get(2).reserve(40);
    assertThat(small).isNotDone();

    results.get(1).completeExceptionally(StorageFailures.unavailable());

    small.get(60, TimeUnit.SECONDS);
    assertThat(waiting).isCancelled();
  }

  @Test
  void failsAfterTheCallHasEnded() {
    retrieve();
    results.get(0).complete(TestPayloads.json("1"));

    assertThat(StorageFailures.failureOf(contexts.get(0).reserve(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  private CompletableFuture<Payload> retrieve() {
    return driver.retrieve(StorageDriverRetrieveContext.empty(), ManualStorageDriver.claim("k"));
  }
}
