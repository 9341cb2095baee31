package io.github.externalstorage.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultPlanTest {

  private static final Fault RESET = Fault.resetInsideBody();
  private static final Fault BUSY = Fault.status(503, "SlowDown");

  @Test
  void firstEndsAndCountsItsMethodOnly() {
    FaultPlan plan = FaultPlan.first(2, RESET).onlyFor("GET").or(FaultPlan.first(1, BUSY));

    assertThat(Stream.of("PUT", "GET", "PUT", "GET", "GET").map(it -> plan.next(it, "/")))
        .containsExactly(
            Optional.of(BUSY),
            Optional.of(RESET),
            Optional.empty(),
            Optional.of(RESET),
            Optional.empty());
  }

  @Test
  void randomIsTheSameForTheSameSeed() {
    List<Optional<Fault>> faults = decisions(1, 0.5);

    assertThat(decisions(1, 0.5)).isEqualTo(faults);
    assertThat(decisions(2, 0.5)).isNotEqualTo(faults);
    assertThat(faults).contains(Optional.empty(), Optional.of(RESET), Optional.of(BUSY));
  }

  @Test
  void randomKeepsToItsProbability() {
    assertThat(decisions(1, 0)).containsOnly(Optional.empty());
    assertThat(decisions(1, 1)).doesNotContain(Optional.empty());
    assertThat(decisions(1, 0.2).stream().filter(Optional::isPresent).count())
        .isBetween(100L, 300L);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
  void rejectsInvalidProbabilities(double probability) {
    assertThatThrownBy(() -> FaultPlan.random(1, probability, List.of(RESET)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(probability));
  }

  @Test
  void rejectsEmptyOrNegativeArguments() {
    assertThatThrownBy(() -> FaultPlan.random(1, 0.5, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FaultPlan.first(-1, RESET)).hasMessageContaining("-1");
  }

  private static List<Optional<Fault>> decisions(long seed, double probability) {
    FaultPlan plan = FaultPlan.random(seed, probability, List.of(RESET, BUSY));
    return Stream.generate(() -> plan.next("GET", "/")).limit(1000).toList();
  }
}
