package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.StoredAmount;
import java.util.List;

/**
 * What a complete run of garbage collection found and did. Immutable.
 *
 * @param run its number, for {@link GarbageCollection#undo}
 * @param workflowRuns how many workflow runs were read
 * @param keptRuns how many closed workflow runs were known from an earlier run
 * @param otherItems how many schedules, standalone activities and Nexus operations were read
 * @param vanished how many of all these were deleted after they were listed
 * @param references how many references were found in what was read
 * @param objects how many payloads the buckets have
 * @param referenced how many of them something refers to
 * @param young how many of them nothing refers to, but are younger than the grace period
 * @param garbage those that can be deleted; without deletion, they still exist
 * @param quarantines those that can be deleted later, by the time from which they can be
 * @param deleted those that were deleted, or are gone after an attempt whose response was lost
 * @param restored how many deleted objects were restored, since something refers to them again
 * @param lost how many deleted objects something refers to again, but were not restored
 * @param changed how many were not deleted, since they were written or deleted meanwhile
 */
public record GcResult(
    long run,
    long workflowRuns,
    long keptRuns,
    long otherItems,
    long vanished,
    long references,
    long objects,
    long referenced,
    long young,
    StoredAmount garbage,
    List<GcQuarantine> quarantines,
    StoredAmount deleted,
    long restored,
    long lost,
    long changed) {

  /** Copies the list. */
  public GcResult {
    quarantines = List.copyOf(quarantines);
  }
}
