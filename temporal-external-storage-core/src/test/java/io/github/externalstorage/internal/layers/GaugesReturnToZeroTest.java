package io.github.externalstorage.internal.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.RecordingScope;
import io.github.externalstorage.StubStorageDriver;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens to calls, nothing is in flight or waiting once they have ended. */
class GaugesReturnToZeroTest {

  private final RecordingScope scope = new RecordingScope();
  private final StorageMetrics metrics = new StorageMetrics(scope);
  private final List<CompletableFuture<?>> work = new ArrayList<>();
  private final LimitingStorageDriver driver =
      new LimitingStorageDriver(
          new StubStorageDriver("stub") {
            @Override
            public CompletableFuture<StorageDriverClaim> store(
                StorageDriverStoreContext context, Payload payload) {
              return started();
            }

            @Override
            public CompletableFuture<Payload> retrieve(
                StorageDriverRetrieveContext context, StorageDriverClaim claim) {
              CompletableFuture<Payload> result = started();
              context.reserve(70);
              // As for a second attempt.
              context.reserve(90);
              return result;
            }
          },
          new FairPermits(3),
          new FairPermits(500),
          metrics);

  @Property(tries = 200)
  void afterAnyMixOfCalls(@ForAll long seed) throws InterruptedException {
    Random random = new Random(seed);
    List<CompletableFuture<?>> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      calls.add(
          random.nextBoolean()
              ? driver.store(
                  StorageDriverStoreContext.empty(), TestPayloads.ofSize(200 + random.nextInt(200)))
              : driver.retrieve(
                  StorageDriverRetrieveContext.empty(),
                  new StorageDriverClaim(Map.of("key", "value"))));
      end(random, calls);
    }
    await(
        () -> {
          end(random, calls);
          return calls.stream().allMatch(CompletableFuture::isDone);
        });

    await(() -> scope.gauges().values().stream().allMatch(value -> value == 0));
    assertThat(scope.gauges()).hasSizeGreaterThanOrEqualTo(1);
  }

  private synchronized <T> CompletableFuture<T> started() {
    CompletableFuture<T> result = new CompletableFuture<>();
    work.add(result);
    return result;
  }

  private synchronized CompletableFuture<?> anyOf(Random random, List<CompletableFuture<?>> from) {
    return from.isEmpty() ? new CompletableFuture<>() : from.get(random.nextInt(from.size()));
  }

  /** Completes, fails or cancels one of the calls. */
  private void end(Random random, List<CompletableFuture<?>> calls) {
    switch (random.nextInt(4)) {
      case 0 -> anyOf(random, work).complete(null);
      case 1 -> anyOf(random, work).completeExceptionally(new IllegalStateException("failed"));
      case 2 -> anyOf(random, calls).cancel(true);
      default -> {}
    }
  }

  /** Permits are granted on other threads. */
  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
