package io.github.externalstorage.cli.usage;

import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.usage.UsageOwner;
import io.github.externalstorage.lifecycle.usage.UsageReport;
import io.github.externalstorage.lifecycle.usage.UsageState;
import io.github.externalstorage.lifecycle.usage.UsageTotals;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the outputs of a usage report have in common. */
final class UsageText {

  /** The days of the average. */
  private static final int RECENT_DAYS = 7;

  private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");

  private UsageText() {}

  /** The owners, the largest first. */
  static List<Map.Entry<UsageOwner, UsageTotals>> largestFirst(UsageReport report) {
    List<Map.Entry<UsageOwner, UsageTotals>> owners = new ArrayList<>(report.byOwner().entrySet());
    owners.sort(
        Comparator.comparingLong(
                (Map.Entry<UsageOwner, UsageTotals> owner) -> owner.getValue().total().bytes())
            .reversed()
            .thenComparing(owner -> owner.getKey().namespace())
            .thenComparing(owner -> owner.getKey().type()));
    return owners;
  }

  static String size(long bytes) {
    int unit = 0;
    double value = bytes;
    while (value >= 1024 && unit < UNITS.size() - 1) {
      value /= 1024;
      unit++;
    }
    return unit == 0
        ? "%,d B".formatted(bytes)
        : String.format(Locale.ROOT, "%.1f %s", value, UNITS.get(unit));
  }

  static String amount(StoredAmount amount) {
    return "%,d objects, %s".formatted(amount.objects(), size(amount.bytes()));
  }

  static String state(UsageState state) {
    return switch (state) {
      case REFERENCED -> "in use";
      case GARBAGE -> "garbage";
      case RECENT -> "under a day old, not in use yet";
      case UNKNOWN -> "not known";
    };
  }

  static String namespace(UsageOwner owner) {
    return owner.namespace().isEmpty() ? "(none)" : owner.namespace();
  }

  static String type(UsageOwner owner) {
    return owner.type().isEmpty() ? "(none)" : owner.type();
  }

  /** What was written per day on the last complete days. */
  static StoredAmount perDay(UsageReport report) {
    LocalDate today = today(report);
    StoredAmount sum = StoredAmount.NONE;
    for (int i = 1; i <= RECENT_DAYS; i++) {
      sum = sum.plus(report.byDay().getOrDefault(today.minusDays(i), StoredAmount.NONE));
    }
    return new StoredAmount(sum.objects() / RECENT_DAYS, sum.bytes() / RECENT_DAYS);
  }

  static LocalDate today(UsageReport report) {
    return report.takenAt().atZone(ZoneOffset.UTC).toLocalDate();
  }
}
