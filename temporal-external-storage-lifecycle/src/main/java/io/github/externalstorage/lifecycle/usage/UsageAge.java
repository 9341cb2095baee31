package io.github.externalstorage.lifecycle.usage;

import java.time.Duration;
import java.util.Arrays;

/** How long ago an object was last written. */
public enum UsageAge {
  /** Less than a day. */
  DAY("under 1 day", 1),
  /** From 1 day to a week. */
  WEEK("1 to 7 days", 7),
  /** From a week to 30 days. */
  MONTH("7 to 30 days", 30),
  /** From 30 to 90 days. */
  QUARTER("30 to 90 days", 90),
  /** From 90 days to a year. */
  YEAR("90 to 365 days", 365),
  /** More than a year. */
  OLDER("over 365 days", Long.MAX_VALUE);

  private final String text;
  private final long lessThanDays;

  UsageAge(String text, long lessThanDays) {
    this.text = text;
    this.lessThanDays = lessThanDays;
  }

  /** The age in words. */
  public String getText() {
    return text;
  }

  static UsageAge of(Duration age) {
    return Arrays.stream(values())
        .filter(bound -> age.toDays() < bound.lessThanDays)
        .findFirst()
        .orElse(OLDER);
  }
}
