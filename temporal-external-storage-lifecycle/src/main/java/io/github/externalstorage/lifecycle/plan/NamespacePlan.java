package io.github.externalstorage.lifecycle.plan;

import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How long a namespace needs its stored payloads. Immutable.
 *
 * @param namespace the name
 * @param retention the retention period, or how long the oldest closed run has been kept if that is
 *     longer, because the retention period was shortened
 * @param open how many workflow runs, activities and Nexus operations are open, and how many
 *     schedules there are
 * @param closed how many closed ones were read, to learn their timeouts
 * @param longest the longest lifetime of those that have a limit; zero if there are none
 * @param longestOf what has the longest lifetime; empty if there is none
 * @param oldestOpen the workflow runs that have been open for longest, the oldest first
 * @param obstacles why it needs them for an unlimited time; empty if it does not
 * @param moreObstacles how many obstacles are left out
 * @param unsupported what the version of the Temporal server doesn't support
 */
public record NamespacePlan(
    String namespace,
    Duration retention,
    Map<Kind, Long> open,
    Map<Kind, Long> closed,
    Duration longest,
    Optional<PayloadLocation> longestOf,
    List<OpenRun> oldestOpen,
    List<PlanObstacle> obstacles,
    long moreObstacles,
    Set<Kind> unsupported) {

  /** Copies the collections. */
  public NamespacePlan {
    open = Map.copyOf(open);
    closed = Map.copyOf(closed);
    oldestOpen = List.copyOf(oldestOpen);
    obstacles = List.copyOf(obstacles);
    unsupported = Set.copyOf(unsupported);
  }

  /** Whether nothing was found whose timeouts could be read, so that later ones are unknown. */
  public boolean isUnknown() {
    return open.isEmpty() && closed.isEmpty();
  }

  /**
   * An open workflow run. Immutable.
   *
   * @param location the run
   * @param type the type of the workflow
   * @param startedAt when it started
   */
  public record OpenRun(PayloadLocation location, String type, Instant startedAt) {}
}
