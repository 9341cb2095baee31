package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TransferPaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /** As of a clock that is about to overflow, as it may. */
  private static final long START = Long.MAX_VALUE - SECOND;

  private final TransferPace pace = new TransferPace(3 * SECOND, START);

  @Test
  void patienceEndsWhereNothingHappens() {
    assertThat(pace.patienceLeft(START)).isEqualTo(3 * SECOND);
    assertThat(pace.patienceLeft(START + 3 * SECOND)).isZero();
  }

  @Test
  void makingTheRequestDoesNotCount() {
    pace.begin(START + 10 * SECOND);

    assertThat(pace.patienceLeft(START + 11 * SECOND)).isEqualTo(2 * SECOND);
  }

  @Test
  void whatProceedsMayTakeItsTime() {
    for (int second = 1; second <= 60; second++) {
      pace.progressed(TransferPace.SLOWEST, START + second * SECOND);
    }

    assertThat(pace.patienceLeft(START + 60 * SECOND)).isBetween(2 * SECOND, 3 * SECOND);
  }

  @Test
  void whatCrawlsMayNot() {
    for (int second = 1; second <= 4; second++) {
      pace.progressed(1000, START + second * SECOND);
    }

    assertThat(pace.patienceLeft(START + 4 * SECOND)).isNegative();
  }

  @Test
  void whatWasFastMayNotStandStillForLonger() {
    pace.progressed(100 * TransferPace.SLOWEST, START + SECOND);

    assertThat(pace.patienceLeft(START + 4 * SECOND)).isZero();
  }
}
