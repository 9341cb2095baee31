package io.github.externalstorage.lifecycle.plan;

import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.plan.NamespacePlan.OpenRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sums up what a namespace holds. Its memory does not depend on how much that is. Thread-safe. */
final class NamespaceReport {

  private static final int MAX_OLDEST = 3;
  private static final int MAX_OBSTACLES = 100;

  private static final Comparator<OpenRun> YOUNGEST_FIRST =
      Comparator.comparing(OpenRun::startedAt).reversed();

  private final String namespace;
  private final Map<Kind, Long> open = new EnumMap<>(Kind.class);
  private final Map<Kind, Long> closed = new EnumMap<>(Kind.class);
  private final PriorityQueue<OpenRun> oldest = new PriorityQueue<>(YOUNGEST_FIRST);
  private final Map<Group, PlanObstacle> obstacles = new LinkedHashMap<>();
  private final Set<Kind> unsupported = EnumSet.noneOf(Kind.class);
  private Duration longest = Duration.ZERO;
  private @Nullable PayloadLocation longestOf;
  private long moreObstacles;

  NamespaceReport(String namespace) {
    this.namespace = namespace;
  }

  /**
   * @param type the type of the workflow or activity
   * @param startedAt null if unknown
   */
  synchronized void add(
      PayloadLocation location,
      String type,
      boolean isOpen,
      @Nullable Instant startedAt,
      Lifetime lifetime) {
    (isOpen ? open : closed).merge(location.kind(), 1L, Long::sum);
    if (isOpen && location.kind() == Kind.WORKFLOW && startedAt != null) {
      oldest.add(new OpenRun(location, type, startedAt));
      if (oldest.size() > MAX_OLDEST) {
        var unused = oldest.poll();
      }
    }
    lifetime.obstacle().ifPresent(reason -> add(reason, location, type, isOpen, startedAt));
    lifetime
        .longest()
        .filter(duration -> longestOf == null || duration.compareTo(longest) > 0)
        .ifPresent(
            duration -> {
              longest = duration;
              longestOf = location;
            });
  }

  private void add(
      PlanObstacle.Reason reason,
      PayloadLocation location,
      String type,
      boolean isOpen,
      @Nullable Instant startedAt) {
    Group group = new Group(reason, type);
    PlanObstacle present = obstacles.get(group);
    long count = isOpen ? 1 : 0;
    PlanObstacle added =
        new PlanObstacle(reason, type, count, location, Optional.ofNullable(startedAt));
    if (present != null) {
      PlanObstacle example = isBefore(added, present) ? added : present;
      obstacles.put(
          group,
          new PlanObstacle(
              reason, type, present.open() + count, example.example(), example.startedAt()));
    } else if (obstacles.size() < MAX_OBSTACLES) {
      obstacles.put(group, added);
    } else {
      moreObstacles++;
    }
  }

  private static boolean isBefore(PlanObstacle one, PlanObstacle other) {
    return one.startedAt().isPresent()
        && (other.startedAt().isEmpty() || one.startedAt().get().isBefore(other.startedAt().get()));
  }

  synchronized void unsupported(Kind kind) {
    unsupported.add(kind);
  }

  synchronized NamespacePlan plan(Duration retention) {
    List<OpenRun> oldestFirst = new ArrayList<>(oldest);
    oldestFirst.sort(YOUNGEST_FIRST.reversed());
    return new NamespacePlan(
        namespace,
        retention,
        open,
        closed,
        longest,
        Optional.ofNullable(longestOf),
        oldestFirst,
        obstacles.values().stream()
            .sorted(Comparator.comparingLong(PlanObstacle::open).reversed())
            .toList(),
        moreObstacles,
        unsupported);
  }

  private record Group(PlanObstacle.Reason reason, String type) {}
}
