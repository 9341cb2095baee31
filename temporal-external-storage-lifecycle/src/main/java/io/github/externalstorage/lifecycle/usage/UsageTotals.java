package io.github.externalstorage.lifecycle.usage;

import io.github.externalstorage.lifecycle.StoredAmount;
import java.util.EnumMap;
import java.util.Map;

/**
 * Objects by whether they are in use. Immutable.
 *
 * @param byState what there is of each; none is left out
 */
public record UsageTotals(Map<UsageState, StoredAmount> byState) {

  /** Nothing. */
  public static final UsageTotals NONE = new UsageTotals(Map.of());

  /** Copies the map, and completes it. */
  public UsageTotals {
    Map<UsageState, StoredAmount> complete = new EnumMap<>(UsageState.class);
    for (UsageState state : UsageState.values()) {
      complete.put(state, byState.getOrDefault(state, StoredAmount.NONE));
    }
    byState = Map.copyOf(complete);
  }

  /** What there is of one state. */
  public StoredAmount of(UsageState state) {
    return byState.getOrDefault(state, StoredAmount.NONE);
  }

  /** All of it. */
  public StoredAmount total() {
    return byState.values().stream().reduce(StoredAmount.NONE, StoredAmount::plus);
  }

  UsageTotals plus(UsageState state, StoredAmount amount) {
    Map<UsageState, StoredAmount> sum = new EnumMap<>(byState);
    sum.merge(state, amount, StoredAmount::plus);
    return new UsageTotals(sum);
  }
}
