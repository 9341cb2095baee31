package io.github.externalstorage.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CancellationSourceTest {

  private final CancellationSource source = new CancellationSource();
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void runsWaitingActionsOnceAndInTheirOrder() {
    List<String> order = new ArrayList<>();
    source.onCancel(() -> order.add("first"));
    source.onCancel(() -> order.add("second"));
    assertThat(source.isCancellationRequested()).isFalse();

    source.cancel();
    source.cancel();

    assertThat(source.isCancellationRequested()).isTrue();
    assertThat(order).containsExactly("first", "second");
  }

  @Test
  void runsLateActionsAtOnce() {
    source.cancel();

    source.onCancel(runs::incrementAndGet).close();

    assertThat(runs).hasValue(1);
  }

  @Test
  void closedRegistrationIsDropped() {
    CancellationToken.Registration registration = source.onCancel(runs::incrementAndGet);
    registration.close();
    registration.close();

    source.cancel();

    assertThat(runs).hasValue(0);
  }

  @Test
  void sameActionMayBeRegisteredTwice() {
    Runnable action = runs::incrementAndGet;
    CancellationToken.Registration first = source.onCancel(action);
    source.onCancel(action);
    first.close();

    source.cancel();

    assertThat(runs).hasValue(1);
  }

  @Test
  void actionMayUseTheSource() {
    CancellationToken.Registration registration = source.onCancel(() -> {});
    source.onCancel(
        () -> {
          assertThat(source.isCancellationRequested()).isTrue();
          registration.close();
          source.cancel();
          source.onCancel(runs::incrementAndGet);
        });

    source.cancel();

    assertThat(runs).hasValue(1);
  }

  @Test
  void neverCancelledTokenRunsNothing() {
    CancellationToken.none().onCancel(runs::incrementAndGet).close();

    assertThat(CancellationToken.none().isCancellationRequested()).isFalse();
    assertThat(runs).hasValue(0);
  }

  @Test
  @Timeout(60)
  void actionRegisteredWhileCancellingRunsExactlyOnce() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      CancellationSource raced = new CancellationSource();
      AtomicInteger runsOfRound = new AtomicInteger();
      race(raced::cancel, () -> raced.onCancel(runsOfRound::incrementAndGet));

      assertThat(runsOfRound).hasValue(1);
    }
  }

  @Test
  @Timeout(60)
  void actionClosedWhileCancellingRunsAtMostOnce() throws Exception {
    for (int round = 0; round < 2_000; round++) {
      CancellationSource raced = new CancellationSource();
      AtomicInteger runsOfRound = new AtomicInteger();
      CancellationToken.Registration registration = raced.onCancel(runsOfRound::incrementAndGet);
      race(raced::cancel, registration::close);
      raced.cancel();

      assertThat(runsOfRound.get()).isBetween(0, 1);
    }
  }

  private static void race(Runnable here, Runnable there) throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    CompletableFuture<Void> other =
        CompletableFuture.runAsync(
            () -> {
              await(start);
              there.run();
            });
    await(start);
    here.run();
    other.get(60, TimeUnit.SECONDS);
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(60, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
