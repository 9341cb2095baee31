package io.github.externalstorage.lifecycle.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Random workflow runs that store payloads and pass them on, and a bucket with a lifecycle rule.
 * Times are minutes.
 */
final class BucketSimulation {

  private static final int STEPS = 2000;
  private static final int PAYLOADS = 20;
  private static final int MAX_OPEN = 12;
  private static final long MAX_DELIVERY = Duration.ofHours(12).toMinutes();

  private final Random random;
  private final long maxTimeout;
  private final long retention;
  private final long window;
  private final long age;
  private final Map<Integer, Long> objects = new HashMap<>();
  private final List<Run> runs = new ArrayList<>();
  private long now;
  private int lost;

  BucketSimulation(
      long seed, Duration maxTimeout, Duration retention, Duration window, long ruleDays) {
    random = new Random(seed);
    this.maxTimeout = maxTimeout.toMinutes();
    this.retention = retention.toMinutes();
    this.window = window.toMinutes();
    age = Duration.ofDays(ruleDays).toMinutes();
  }

  /** Returns how many references of existing runs had no object at some time. */
  int run() {
    for (int step = 0; step < STEPS; step++) {
      now += random.nextLong(Math.max(2, maxTimeout / 20));
      objects.values().removeIf(written -> written + age <= now);
      runs.removeIf(run -> run.end + retention < now);
      for (Run run : runs) {
        run.references.forEach(key -> lost += objects.containsKey(key) ? 0 : 1);
      }
      act(open());
    }
    return lost;
  }

  private List<Run> open() {
    return runs.stream().filter(run -> run.start <= now && now <= run.end).toList();
  }

  private void act(List<Run> open) {
    if (open.isEmpty() || (open.size() < MAX_OPEN && random.nextInt(4) == 0)) {
      start(now + 1 + random.nextLong(maxTimeout), store());
      return;
    }
    Run run = open.get(random.nextInt(open.size()));
    switch (random.nextInt(4)) {
      case 0 -> run.references.add(store());
      case 1 -> send(run, open.get(random.nextInt(open.size())));
      case 2 -> startChild(run);
      default -> continueAsNew(run);
    }
  }

  /** A signal, or a result that goes to a parent: it takes a while until it is there. */
  private void send(Run from, Run to) {
    int key = store();
    from.references.add(key);
    to.references.add(key);
  }

  private void startChild(Run parent) {
    int key = store();
    parent.references.add(key);
    start(now + 1 + random.nextLong(maxTimeout), key);
  }

  /** An execution timeout limits the chain, in which the server passes on the memo as it is. */
  private void continueAsNew(Run run) {
    run.end = now;
    Run next = start(run.deadline, store());
    next.references.addAll(run.memo);
    next.memo.addAll(run.memo);
  }

  private Run start(long deadline, int memo) {
    Run run = new Run(now, deadline, now + random.nextLong(Math.max(1, deadline - now + 1)));
    run.references.add(memo);
    run.memo.add(memo);
    runs.add(run);
    return run;
  }

  /** Writes the object, unless the process knows that it is recent, and delivers the reference. */
  private int store() {
    int key = random.nextInt(PAYLOADS);
    Long written = objects.get(key);
    boolean known = written != null && now - written < window && random.nextBoolean();
    if (!known) {
      objects.put(key, now - random.nextLong(Math.min(MAX_DELIVERY, now + 1)));
    }
    return key;
  }

  private static final class Run {

    private final long start;
    private final long deadline;
    private final Set<Integer> references = new HashSet<>();
    private final Set<Integer> memo = new HashSet<>();
    private long end;

    Run(long start, long deadline, long end) {
      this.start = start;
      this.deadline = deadline;
      this.end = end;
    }
  }
}
