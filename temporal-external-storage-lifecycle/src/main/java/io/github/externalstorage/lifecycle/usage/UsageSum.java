package io.github.externalstorage.lifecycle.usage;

import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.lifecycle.StoredAmount;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Adds up objects. Its memory does not depend on their number. Thread-safe. */
final class UsageSum {

  static final int DAYS = 90;
  private static final int MAX_OWNERS = 2_000;

  private final Instant now;
  private final LocalDate firstDay;
  private final Map<UsageOwner, UsageTotals> byOwner = new HashMap<>();
  private final Map<UsageAge, UsageTotals> byAge = new EnumMap<>(UsageAge.class);
  private final Map<LocalDate, StoredAmount> byDay = new HashMap<>();
  private UsageTotals total = UsageTotals.NONE;
  private StoredAmount otherObjects = StoredAmount.NONE;

  UsageSum(Instant now) {
    this.now = now;
    firstDay = date(now).minusDays(DAYS - 1L);
  }

  synchronized void add(StorageKey key, ListedObject object, UsageState state) {
    StoredAmount amount = new StoredAmount(1, object.sizeBytes());
    total = total.plus(state, amount);
    UsageOwner owner = UsageOwner.of(key);
    if (byOwner.size() >= MAX_OWNERS && !byOwner.containsKey(owner)) {
      owner = UsageOwner.OTHERS;
    }
    byOwner.merge(
        owner, UsageTotals.NONE.plus(state, amount), (sum, unused) -> sum.plus(state, amount));
    byAge.merge(
        UsageAge.of(Duration.between(object.storedAt(), now)),
        UsageTotals.NONE.plus(state, amount),
        (sum, unused) -> sum.plus(state, amount));
    LocalDate day = date(object.storedAt());
    if (!day.isBefore(firstDay)) {
      byDay.merge(day, amount, StoredAmount::plus);
    }
  }

  synchronized void addOther(ListedObject object) {
    otherObjects = otherObjects.plus(new StoredAmount(1, object.sizeBytes()));
  }

  synchronized UsageReport report() {
    return new UsageReport(now, total, byOwner, byAge, byDay, otherObjects);
  }

  private static LocalDate date(Instant instant) {
    return instant.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
