package io.github.externalstorage.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.externalstorage.driver.ExpirationRule.Effect;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExpirationRuleTest {

  private static final Instant NOW = Instant.parse("2026-11-26T00:00:00Z");
  private static final Duration MONTH = Duration.ofDays(30);

  @Test
  void appliesToKeysWithItsPrefix() {
    ExpirationRule rule = new ExpirationRule("", "v0/ns/a/", Effect.DELETE, MONTH, null, false);

    assertThat(rule.earliest("v0/ns/a/d/sha256/0", NOW)).contains(NOW.plus(MONTH));
    assertThat(rule.earliest("v0/ns/b/d/sha256/0", NOW)).isEmpty();
  }

  @Test
  void appliesAtADateOrAtOnceIfThatIsOver() {
    Instant later = NOW.plus(MONTH);

    assertThat(rule(null, later).earliest("k", NOW)).contains(later);
    assertThat(rule(null, NOW.minus(MONTH)).earliest("k", NOW)).contains(NOW);
  }

  @Test
  void aRuleWithAgeAndDateAppliesOnceBothDo() {
    assertThat(rule(MONTH, NOW.plusSeconds(1)).earliest("k", NOW)).contains(NOW.plus(MONTH));
    assertThat(rule(Duration.ZERO, NOW.plusSeconds(1)).earliest("k", NOW))
        .contains(NOW.plusSeconds(1));
  }

  @Test
  void anUnknownAgeCountsAsOld() {
    assertThat(rule(MONTH, null).earliest("k", null)).contains(Instant.EPOCH.plus(MONTH));
  }

  @Test
  void ageIsLimitedBelowOnly() {
    assertThat(rule(Duration.ofSeconds(Long.MAX_VALUE), null).earliest("k", NOW))
        .contains(Instant.MAX);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rule(Duration.ofDays(-1), null))
        .withMessageContaining("age must not be negative");
  }

  private static ExpirationRule rule(@Nullable Duration age, @Nullable Instant date) {
    return new ExpirationRule("", "", Effect.DELETE, age, date, false);
  }
}
