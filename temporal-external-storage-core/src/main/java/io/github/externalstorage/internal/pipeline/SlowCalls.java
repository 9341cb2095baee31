package io.github.externalstorage.internal.pipeline;

import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.internal.text.Quoted;
import io.github.externalstorage.options.StorageEvent.Operation;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs when the storage takes much of the 10 s that a workflow task may take: in one call, or, on
 * workflow threads, in all calls of a task. Thread-safe.
 */
public final class SlowCalls {

  static final Duration LIMIT = Duration.ofSeconds(5);

  /** In an outage every call is slow, and one line says as much as a thousand. */
  static final Duration MIN_INTERVAL = Duration.ofSeconds(10);

  private static final Logger log = LoggerFactory.getLogger(SlowCalls.class);

  private final LongSupplier nanoTime;
  private final Consumer<String> warning;
  private final LoadingCache<TaskId, Task> tasks;
  private @Nullable Long loggedAt;
  private int notLogged;

  /**
   * What a call was for.
   *
   * @param namespace null if unknown
   * @param workflowId null if unknown
   * @param task the workflow task that waited; null if none did
   */
  public record Origin(
      @Nullable String namespace, @Nullable String workflowId, @Nullable TaskId task) {

    /** The origin of a call for a target, which is null if unknown. */
    public static Origin of(@Nullable StorageDriverTargetInfo target, @Nullable TaskId task) {
      return target == null
          ? new Origin(null, null, task)
          : new Origin(target.namespace(), target.id(), task);
    }
  }

  /** A workflow task: nothing but a new task makes a run's history longer. */
  public record TaskId(String runId, long historyLength) {}

  public SlowCalls() {
    this(System::nanoTime, log::warn);
  }

  SlowCalls(LongSupplier nanoTime, Consumer<String> warning) {
    this.nanoTime = nanoTime;
    this.warning = warning;
    tasks =
        CacheBuilder.newBuilder()
            .maximumSize(1000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build(CacheLoader.from(() -> new Task()));
  }

  /** The time to pass to {@link #ended}. */
  public long start() {
    return nanoTime.getAsLong();
  }

  /**
   * Counts a call that has ended, or failed.
   *
   * @param bytes the size of its payloads; 0 if unknown
   */
  public void ended(long start, Operation operation, Origin origin, int payloads, long bytes) {
    long nanos = nanoTime.getAsLong() - start;
    if (origin.task != null) {
      tasks.getUnchecked(origin.task).add(nanos, operation, origin, payloads, bytes);
    } else if (nanos >= LIMIT.toNanos()) {
      warn(
          nanos,
          "to %s %s of %s bytes"
              .formatted(operation.name().toLowerCase(Locale.ROOT), payloads(payloads), bytes),
          origin);
    }
  }

  private void warn(long nanos, String what, Origin origin) {
    int suppressed;
    synchronized (this) {
      long now = nanoTime.getAsLong();
      if (loggedAt != null && now - loggedAt < MIN_INTERVAL.toNanos()) {
        notLogged++;
        return;
      }
      loggedAt = now;
      suppressed = notLogged;
      notLogged = 0;
    }
    warning.accept(
        "External storage took %s ms %s, for workflow %s in namespace %s. A workflow task times out after 10 s by default, so check the storage's latency and its retries%s"
            .formatted(
                Duration.ofNanos(nanos).toMillis(),
                what,
                name(origin.workflowId),
                name(origin.namespace),
                suppressed == 0
                    ? ""
                    : " (not logged since the last such line: " + suppressed + ")"));
  }

  private static String payloads(int count) {
    return count == 1 ? "1 payload" : count + " payloads";
  }

  private static String name(@Nullable String name) {
    return name == null ? "unknown" : Quoted.of(name);
  }

  /** What a workflow task waited for so far. */
  private final class Task {
    private long nanos;
    private int stored;
    private long bytesStored;
    private int retrieved;
    private long bytesRetrieved;
    private boolean logged;

    private synchronized void add(
        long more, Operation operation, Origin origin, int payloads, long bytes) {
      nanos += more;
      if (operation == Operation.STORE) {
        stored += payloads;
        bytesStored += bytes;
      } else {
        retrieved += payloads;
        bytesRetrieved += bytes;
      }
      if (logged || nanos < LIMIT.toNanos()) {
        return;
      }
      logged = true;
      warn(
          nanos,
          "of a workflow task so far, to store %s of %s bytes and retrieve %s of %s bytes"
              .formatted(payloads(stored), bytesStored, payloads(retrieved), bytesRetrieved),
          origin);
    }
  }
}
