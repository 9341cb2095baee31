package io.github.externalstorage.lifecycle.usage;

import io.github.externalstorage.lifecycle.StoredAmount;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/**
 * What the storage holds. Immutable.
 *
 * @param takenAt when the listing began
 * @param total everything
 * @param byOwner by what the keys name; if there are very many, the rest is in one
 * @param byAge by how long ago the objects were last written
 * @param byDay what was last written on each of the last 90 days, in UTC; today is not complete
 * @param otherObjects objects under the prefix that are not payloads
 */
public record UsageReport(
    Instant takenAt,
    UsageTotals total,
    Map<UsageOwner, UsageTotals> byOwner,
    Map<UsageAge, UsageTotals> byAge,
    Map<LocalDate, StoredAmount> byDay,
    StoredAmount otherObjects) {

  /** Copies the maps. */
  public UsageReport {
    byOwner = Map.copyOf(byOwner);
    byAge = Map.copyOf(byAge);
    byDay = Map.copyOf(byDay);
  }
}
