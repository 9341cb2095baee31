package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.externalstorage.options.StorageRetryOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageRetryOptionsTest {

  private final StorageRetryOptions.Builder builder = StorageRetryOptions.newBuilder();

  @Test
  void defaultsEndWithinAWorkflowTask() {
    StorageRetryOptions options = StorageRetryOptions.getDefaultInstance();

    assertThat(options.getInitialBackoff()).isEqualTo(Duration.ofMillis(50));
    assertThat(options.getMaxBackoff()).isEqualTo(Duration.ofSeconds(1));
    assertThat(options.getMaxElapsedTime()).isEqualTo(Duration.ofSeconds(6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-0.001S"})
  void backoffsArePositive(Duration backoff) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setInitialBackoff(backoff))
        .withMessageContaining("initialBackoff")
        .withMessageContaining(backoff.toString());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setMaxBackoff(backoff))
        .withMessageContaining("maxBackoff")
        .withMessageContaining(backoff.toString());
  }

  @Test
  void totalTimeIsNotNegative() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.setMaxElapsedTime(Duration.ofNanos(-1)))
        .withMessageContaining("maxElapsedTime")
        .withMessageContaining("PT-0.000000001S");
    assertThat(builder.setMaxElapsedTime(Duration.ZERO).build().getMaxElapsedTime()).isZero();
  }

  @Test
  void longestPauseIsNotShorterThanTheFirst() {
    builder.setInitialBackoff(Duration.ofSeconds(2));

    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessageContaining("PT1S")
        .withMessageContaining("PT2S");
    assertThat(builder.setMaxBackoff(Duration.ofSeconds(2)).build().getMaxBackoff())
        .isEqualTo(Duration.ofSeconds(2));
  }
}
