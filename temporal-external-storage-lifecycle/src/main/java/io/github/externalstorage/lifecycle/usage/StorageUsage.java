package io.github.externalstorage.lifecycle.usage;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableSet;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;
import io.github.externalstorage.lifecycle.internal.storage.Buckets.Bucket;
import io.github.externalstorage.lifecycle.internal.storage.PayloadKeys;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalCalls;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the buckets of namespaces hold: by namespace, type and age, by day, and by whether
 * Temporal still refers to it. Changes nothing.
 *
 * <p>The memory that is used does not depend on the number of objects and runs: while it runs, what
 * Temporal refers to is in a file, for which {@code org.xerial:sqlite-jdbc} is needed at run time.
 */
public final class StorageUsage {

  private static final String ROOT = "v0/";

  /** What was just stored may not be in Temporal yet. */
  private static final Duration RECENT = Duration.ofDays(1);

  private final List<NamespaceStorage> namespaces;
  private final ImmutableSet<String> names;
  private final @Nullable WorkflowServiceStubs service;
  private final @Nullable Path file;
  private final int concurrency;
  private final InstantSource clock;
  private final LongConsumer progress;
  private final TemporalCalls.Pause pause;

  private StorageUsage(Builder builder) {
    namespaces = builder.namespaces;
    names =
        namespaces.stream()
            .map(NamespaceStorage::getNamespace)
            .collect(ImmutableSet.toImmutableSet());
    service = builder.service;
    file = builder.file;
    concurrency = builder.concurrency;
    clock = builder.clock;
    progress = builder.progress;
    pause = builder.pause;
  }

  /**
   * A builder with the defaults.
   *
   * @param namespaces all namespaces that use the buckets
   */
  public static Builder newBuilder(Collection<NamespaceStorage> namespaces) {
    return new Builder(namespaces);
  }

  /**
   * Reads everything that Temporal refers to, and lists the buckets. Blocks until both are done.
   *
   * @throws LifecycleException if something can't be read completely
   */
  public UsageReport run() {
    Buckets buckets = new Buckets(namespaces, Double.MAX_VALUE);
    if (service == null || file == null) {
      return list(buckets, Optional.empty());
    }
    TemporalServer server = new TemporalServer(service, new TemporalCalls(pause));
    try (MarkedKeys marked =
        MarkedKeys.read(server, namespaces, buckets, file, concurrency, clock.instant())) {
      return list(buckets, Optional.of(marked));
    }
  }

  private UsageReport list(Buckets buckets, Optional<MarkedKeys> marked) {
    UsageSum sum = new UsageSum(clock.instant());
    try (SideBySide threads = new SideBySide(concurrency)) {
      threads.each(buckets.all(), bucket -> list(bucket, marked, sum));
    }
    return sum.report();
  }

  private void list(Bucket bucket, Optional<MarkedKeys> marked, UsageSum sum) {
    bucket.listAll(
        ListObjectsRequest.of(bucket.name(), ROOT),
        page -> {
          add(page.objects(), marked, sum);
          progress.accept(page.objects().size());
        });
  }

  private void add(List<ListedObject> objects, Optional<MarkedKeys> marked, UsageSum sum) {
    Map<ListedObject, StorageKey> payloads = new LinkedHashMap<>();
    for (ListedObject object : objects) {
      PayloadKeys.parse(object.key())
          .ifPresentOrElse(key -> payloads.put(object, key), () -> sum.addOther(object));
    }
    Set<String> referenced =
        marked
            .map(keys -> keys.of(payloads.keySet().stream().map(ListedObject::key).toList()))
            .orElse(Set.of());
    payloads.forEach(
        (object, key) ->
            sum.add(
                key,
                object,
                marked.isPresent() ? state(key, object, referenced) : UsageState.UNKNOWN));
  }

  private UsageState state(StorageKey key, ListedObject object, Set<String> referenced) {
    if (referenced.contains(object.key())) {
      return UsageState.REFERENCED;
    }
    if (key.getNamespace().isPresent() && !names.contains(key.getNamespace().get())) {
      return UsageState.UNKNOWN;
    }
    return object.storedAt().isAfter(clock.instant().minus(RECENT))
        ? UsageState.RECENT
        : UsageState.GARBAGE;
  }

  /** Builds a {@link StorageUsage}. Not thread-safe. */
  public static final class Builder {

    private final List<NamespaceStorage> namespaces;
    private @Nullable WorkflowServiceStubs service;
    private @Nullable Path file;
    private int concurrency = 8;
    private InstantSource clock = InstantSource.system();
    private LongConsumer progress = objects -> {};
    private TemporalCalls.Pause pause = TemporalCalls.Pause.SLEEP;

    private Builder(Collection<NamespaceStorage> namespaces) {
      this.namespaces = List.copyOf(namespaces);
    }

    /**
     * Also reads what Temporal refers to. Default: only lists the buckets.
     *
     * @param stubs the connection to the Temporal server; closed by the caller
     * @param stateFile a file that does not exist, for what is found; deleted by the caller
     */
    public Builder setReferences(WorkflowServiceStubs stubs, Path stateFile) {
      service = requireNonNull(stubs, "stubs");
      file = requireNonNull(stateFile, "stateFile");
      return this;
    }

    /**
     * How many histories are read, and how many buckets are listed side by side. At least 1.
     * Default: 8.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setConcurrency(int operations) {
      checkArgument(operations >= 1, "concurrency must be at least 1, not %s", operations);
      concurrency = operations;
      return this;
    }

    /**
     * Called with the number of objects on each page that was listed, from several threads at once.
     * Default: none.
     */
    public Builder setProgress(LongConsumer listener) {
      progress = requireNonNull(listener, "listener");
      return this;
    }

    /** The clock that the age of objects is measured with. Default: the system's. */
    public Builder setClock(InstantSource source) {
      clock = requireNonNull(source, "source");
      return this;
    }

    /** For tests. */
    Builder setPause(TemporalCalls.Pause retryPause) {
      pause = retryPause;
      return this;
    }

    /** Builds the operation. */
    public StorageUsage build() {
      return new StorageUsage(this);
    }
  }
}
