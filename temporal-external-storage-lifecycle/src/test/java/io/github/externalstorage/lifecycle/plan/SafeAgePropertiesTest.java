package io.github.externalstorage.lifecycle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A bucket with the planned rule never loses what an existing run refers to. */
class SafeAgePropertiesTest {

  private static final Duration DAY = Duration.ofDays(1);

  @ParameterizedTest
  @CsvSource({
    "PT0S, PT0S, PT0S, 1",
    "PT1S, PT0S, PT0S, 2",
    "P1D, PT0S, PT0S, 2",
    "P30D, P7D, PT10M, 39",
    "P30D, P7D, PT0S, 38",
    "PT23H, PT1H, PT1S, 3"
  })
  void addsUpAndRoundsUp(Duration lifetime, Duration retention, Duration window, int days) {
    assertThat(SafeAge.days(lifetime, retention, window)).contains(days);
  }

  @Test
  void thereIsALimit() {
    Duration longest = Duration.ofSeconds(Long.MAX_VALUE);

    assertThat(SafeAge.days(longest, DAY, DAY)).isEmpty();
    assertThat(SafeAge.days(Duration.ofDays(Integer.MAX_VALUE), DAY, DAY)).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SafeAge.days(Duration.ofSeconds(-1), DAY, DAY));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingThatARunRefersToIsLost(long seed) {
    Setting setting = Setting.of(seed);

    int days =
        SafeAge.days(setting.timeout, setting.retention, setting.window).orElseThrow().intValue();

    assertThat(setting.lostWith(days)).as(setting.toString()).isZero();
  }

  /** So the simulation can find a fault. */
  @Test
  void shorterRulesLoseSomething() {
    assertThat(
            seeds()
                .mapToObj(Setting::of)
                .filter(setting -> setting.lostWith(setting.retention.toDays()) > 0))
        .hasSizeGreaterThan(50);
    assertThat(
            seeds()
                .mapToObj(Setting::of)
                .filter(setting -> setting.lostWith(setting.timeout.toDays()) > 0))
        .hasSizeGreaterThan(50);
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  private record Setting(long seed, Duration timeout, Duration retention, Duration window) {

    static Setting of(long seed) {
      Random random = new Random(seed);
      return new Setting(
          seed,
          Duration.ofHours(24 + random.nextInt(600)),
          Duration.ofDays(1 + random.nextInt(10)),
          Duration.ofMinutes(1 + random.nextInt(600)));
    }

    int lostWith(long days) {
      return new BucketSimulation(seed, timeout, retention, window, days).run();
    }
  }
}
