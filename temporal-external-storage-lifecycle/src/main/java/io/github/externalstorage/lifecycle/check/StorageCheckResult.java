package io.github.externalstorage.lifecycle.check;

import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import java.util.Map;
import java.util.Set;

/**
 * What a {@link StorageCheck} found. Immutable.
 *
 * @param checked how many workflow runs, schedules, activities and Nexus operations were read
 * @param references how many references they have; one that occurs twice counts twice
 * @param problems how many of the references can't be read or expire, by what is wrong
 * @param vanished how many of all these were deleted while the check ran, and so were not checked
 * @param unsupported what the version of the Temporal server doesn't support, and so was not read
 */
public record StorageCheckResult(
    Map<Kind, Long> checked,
    long references,
    Map<ReferenceProblem.Kind, Long> problems,
    long vanished,
    Set<Kind> unsupported) {

  /** Copies the collections. */
  public StorageCheckResult {
    checked = Map.copyOf(checked);
    problems = Map.copyOf(problems);
    unsupported = Set.copyOf(unsupported);
  }

  /** Whether every reference can be read, and none that is needed expires. */
  public boolean isFine() {
    return problems.isEmpty();
  }
}
