package io.github.externalstorage.cli.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "262144, 262144",
    "12B, 12",
    "256KiB, 262144",
    "64 MiB, 67108864",
    "2GiB, 2147483648",
    "8589934591GiB, 9223372035781033984",
  })
  void readsSizes(String text, long bytes) {
    assertThat(Values.size(0, Long.MAX_VALUE).apply(text)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1KB", "1 K", "KiB", "1.5MiB", "8589934592GiB", "0x10", "1e3"})
  void rejectsInvalidSizes(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Values.size(0, Long.MAX_VALUE).apply(text))
        .withMessage("must be a size such as 64MiB, from 0 to 9223372036854775807 bytes");
  }

  @ParameterizedTest
  @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5 m, PT5M", "1h, PT1H"})
  void readsTimes(String text, Duration duration) {
    assertThat(Values.duration(Duration.ZERO, Duration.ofHours(1)).apply(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "-1s", "1d", "s", "61m", "999999999999h"})
  void rejectsInvalidDurations(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Values.duration(Duration.ZERO, Duration.ofHours(1)).apply(text));
  }

  @ParameterizedTest
  @CsvSource({"portt, port", "Port, port", "orgins, origins", "treshhold, threshold"})
  void findsTheNearestName(String written, String meant) {
    assertThat(NearestName.of(written, List.of("host", "port", "origins", "threshold")))
        .contains(meant);
  }

  @Test
  void findsNothingWhereNothingIsNear() {
    assertThat(NearestName.of("kubernetes", List.of("host", "port"))).isEmpty();
    assertThat(NearestName.of("x", List.of())).isEmpty();
  }
}
