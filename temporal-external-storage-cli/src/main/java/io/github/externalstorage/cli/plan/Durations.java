package io.github.externalstorage.cli.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Durations, for people. */
final class Durations {

  private Durations() {}

  /** A duration such as {@code 1 day 12 h}, without fractions of a second. */
  static String text(Duration duration) {
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDays(), duration.toDays() == 1 ? " day" : " days");
    add(parts, duration.toHoursPart(), " h");
    add(parts, duration.toMinutesPart(), " min");
    add(parts, duration.toSecondsPart(), " s");
    return parts.isEmpty() ? "0 s" : String.join(" ", parts);
  }

  static Duration max(Stream<Duration> durations) {
    return durations.max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  private static void add(List<String> parts, long value, String unit) {
    if (value != 0) {
      parts.add("%,d%s".formatted(value, unit));
    }
  }
}
