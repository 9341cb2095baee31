package io.github.externalstorage;

import com.uber.m3.tally.Counter;
import com.uber.m3.tally.Gauge;
import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.Stopwatch;
import com.uber.m3.tally.Timer;
import com.uber.m3.util.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A metrics scope that keeps what is reported to it. Thread-safe. */
public final class RecordingScope extends NoopScope {

  private static final String OURS = "temporal_external_storage_";

  private final Map<String, String> tags;
  private final Recorded recorded;

  /** What all scopes with the same root reported, by name and tags. */
  private record Recorded(
      ConcurrentMap<String, Long> counters,
      ConcurrentMap<String, Double> gauges,
      ConcurrentMap<String, List<Duration>> timers) {}

  public RecordingScope() {
    this(
        Map.of(),
        new Recorded(
            new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
  }

  private RecordingScope(Map<String, String> tags, Recorded recorded) {
    this.tags = tags;
    this.recorded = recorded;
  }

  /** The counters of external storage, such as {@code operation{driver=a, operation=store}}. */
  public Map<String, Long> counters() {
    return recorded.counters;
  }

  /** The last values of gauges. */
  public Map<String, Double> gauges() {
    return recorded.gauges;
  }

  /** Waits until all gauges are zero. A call may complete just before its gauges are reduced. */
  public void awaitZeroGauges() throws InterruptedException {
    synchronized (recorded) {
      while (!recorded.gauges.values().stream().allMatch(value -> value == 0)) {
        recorded.wait();
      }
    }
  }

  /** The values of timers. */
  public Map<String, List<Duration>> timers() {
    return recorded.timers;
  }

  @Override
  public Counter counter(String name) {
    return count -> {
      if (name.startsWith(OURS)) {
        recorded.counters.merge(key(name), count, Long::sum);
      }
    };
  }

  @Override
  public Gauge gauge(String name) {
    return value -> {
      if (name.startsWith(OURS)) {
        synchronized (recorded) {
          recorded.gauges.put(key(name), value);
          recorded.notifyAll();
        }
      }
    };
  }

  @Override
  public Timer timer(String name) {
    return new Timer() {
      @Override
      public void record(Duration interval) {
        if (name.startsWith(OURS)) {
          recorded
              .timers
              .computeIfAbsent(key(name), key -> new CopyOnWriteArrayList<>())
              .add(interval);
        }
      }

      @Override
      public Stopwatch start() {
        return new Stopwatch(0, stopwatch -> {});
      }
    };
  }

  private String key(String name) {
    return name.substring(OURS.length()) + new TreeMap<>(tags);
  }

  @Override
  public Scope tagged(@Nullable Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(tags);
    if (more != null) {
      all.putAll(more);
    }
    return new RecordingScope(all, recorded);
  }
}
