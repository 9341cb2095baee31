package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.options.StorageRetryOptions;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests the effect of each fault on a workflow, with the default client and retry options. */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(120)
abstract class FailureModesContract {

  private final ExternalStorageRoute route;
  private final FailingS3 s3 = new FailingS3();

  FailureModesContract(ExternalStorageRoute route) {
    this.route = route;
  }

  @AfterAll
  void stop() {
    s3.close();
  }

  static Stream<FailureMode> all() {
    return FailureMode.ALL.stream();
  }

  static Stream<FailureMode> retriedByTheDriver() {
    return all().filter(mode -> mode.seen().isRetryable());
  }

  /** Every store and retrieve of a workflow fails once, without any effect on the workflow. */
  @ParameterizedTest
  @MethodSource("retriedByTheDriver")
  void passing(FailureMode mode) {
    FaultDrill drill = new FaultDrill(mode, s3, false);
    try (ParcelEnvironment environment =
        new ParcelEnvironment(route, s3.newDriver().build(), retriesBegin(mode), drill)) {
      assertThat(environment.run()).isEqualTo(ParcelWorkflow.ActivitiesImpl.RESULT);

      assertThat(drill.isOver()).isTrue();
      assertThat(drill.failed()).isEmpty();
      assertThat(drill.retried()).hasSize(mode.stages().size()).allSatisfy(it -> check(mode, it));
      assertThat(environment.workflowTaskFailures()).isEmpty();
      assertThat(environment.activityAttempts()).containsExactly(1, 1);
    }
  }

  /** Every store and retrieve fails until the fault is fixed, and Temporal retries. */
  @ParameterizedTest
  @MethodSource("all")
  void lasting(FailureMode mode) {
    FaultDrill drill = new FaultDrill(mode, s3, true);
    try (ParcelEnvironment environment =
        new ParcelEnvironment(route, impatientDriver(mode), retriesAreOver(mode), drill)) {
      assertThat(environment.run()).isEqualTo(ParcelWorkflow.ActivitiesImpl.RESULT);

      assertThat(drill.isOver()).isTrue();
      assertThat(drill.retried()).isEmpty();
      assertThat(drill.failed())
          .hasSizeGreaterThanOrEqualTo(mode.stages().size())
          .allSatisfy(it -> check(mode, it));
      assertThat(environment.workflowTaskFailures())
          .isNotEmpty()
          .allSatisfy(it -> assertThat(it).endsWith(mode.seen().remedy()));
      assertThat(environment.activityAttempts()).anyMatch(attempts -> attempts > 1);
    }
  }

  /**
   * The default, but with more time if it takes almost all of that to notice the fault: a busy
   * machine would be too late for a retry.
   */
  private static StorageRetryOptions retriesBegin(FailureMode mode) {
    return mode.isStall()
        ? StorageRetryOptions.newBuilder().setMaxElapsedTime(Duration.ofMinutes(1)).build()
        : StorageRetryOptions.getDefaultInstance();
  }

  /** Shortens the retries of faults that last; otherwise the default. */
  private static StorageRetryOptions retriesAreOver(FailureMode mode) {
    return mode.seen().isRetryable()
        ? StorageRetryOptions.none()
        : StorageRetryOptions.getDefaultInstance();
  }

  private S3StorageDriver impatientDriver(FailureMode mode) {
    S3StorageDriver.Builder driver = s3.newDriver();
    return (mode.isStall() ? driver.setStallTimeout(Duration.ofMillis(300)) : driver).build();
  }

  private static void check(FailureMode mode, Throwable failure) {
    assertThat(failure)
        .isInstanceOfSatisfying(
            StorageException.class,
            it -> {
              assertThat(it.getReason()).isEqualTo(mode.seen().reason());
              assertThat(it.isRetryable()).isEqualTo(mode.seen().isRetryable());
              assertThat(it).hasMessageEndingWith(mode.seen().remedy());
            });
  }
}
