package io.github.externalstorage.fuzz;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/**
 * Repeats an attempt with one seed after the other, for {@code -Dfuzz.seconds} (60 by default). The first seed is the time, or {@code -Dfuzz.seed}: given the seed of a failure, the
 * first attempt is the one that failed.
 */
final class Fuzzing {

  private static final Duration DURATION = Duration.ofSeconds(Long.getLong("fuzz.seconds", 60));

  private Fuzzing() {}

  /** One attempt, which must use only the given random numbers. */
  @FunctionalInterface
  interface Attempt {
    void make(Random random) throws Exception;
  }

  static void run(String name, Attempt attempt) {
    long first = Long.getLong("fuzz.seed", System.currentTimeMillis());
    long seed = first;
    Instant end = Instant.now().plus(DURATION);
    do {
      try {
        attempt.make(new Random(seed));
      } catch (Throwable t) {
        throw new AssertionError(name + " failed; again with -Dfuzz.seed=" + seed, t);
      }
      seed++;
    } while (Instant.now().isBefore(end));
    System.out.printf("%s: %,d attempts from seed %d%n", name, seed - first, first);
  }
}
