package io.github.externalstorage.lifecycle.usage;

import java.util.EnumMap;
import java.util.Map;

/**
 * Objects by whether they are in use. Immutable.
 *
 * @param byState what there is of each; none is left out
 */
public record UsageTotals(Map<UsageState, UsageAmount> byState) {

  /** Nothing. */
  public static final UsageTotals NONE = new UsageTotals(Map.of());

  /** Copies the map, and completes it. */
  public UsageTotals {
    Map<UsageState, UsageAmount> complete = new EnumMap<>(UsageState.class);
    for (UsageState state : UsageState.values()) {
      complete.put(state, byState.getOrDefault(state, UsageAmount.NONE));
    }
    byState = Map.copyOf(complete);
  }

  /** What there is of one state. */
  public UsageAmount of(UsageState state) {
    return byState.getOrDefault(state, UsageAmount.NONE);
  }

  /** All of it. */
  public UsageAmount total() {
    return byState.values().stream().reduce(UsageAmount.NONE, UsageAmount::plus);
  }

  UsageTotals plus(UsageState state, UsageAmount amount) {
    Map<UsageState, UsageAmount> sum = new EnumMap<>(byState);
    sum.merge(state, amount, UsageAmount::plus);
    return new UsageTotals(sum);
  }
}
