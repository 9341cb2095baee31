package io.github.externalstorage.springboot;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.internal.checks.PeriodicCheck;
import io.github.externalstorage.internal.futures.Futures;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether payloads can be retrieved, for the health indicators of both generations of Spring Boot.
 * It needs no other permission than retrieving, and asks the storage twice a minute at most.
 */
final class StorageHealthCheck {

  private static final Duration MAX_AGE = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * A result.
   *
   * @param problem null if there is none
   */
  record Result(@Nullable String problem, List<String> doubts) {}

  private final PeriodicCheck check;

  StorageHealthCheck(ExternalStorage storage) {
    check = new PeriodicCheck(storage::checkReadAccess, MAX_AGE, TIMEOUT);
  }

  Result run() {
    try {
      return new Result(null, check.get().join());
    } catch (CompletionException e) {
      Throwable failure = Futures.unwrap(e);
      return new Result(
          failure instanceof TimeoutException
              ? "The storage did not respond within %s s".formatted(TIMEOUT.toSeconds())
              : String.valueOf(failure.getMessage()),
          List.of());
    }
  }
}
