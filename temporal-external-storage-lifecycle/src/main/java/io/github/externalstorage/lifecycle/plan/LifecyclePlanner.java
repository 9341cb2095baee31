package io.github.externalstorage.lifecycle.plan;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalCalls;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;

/**
 * Determines for each bucket the smallest age at which a lifecycle rule can delete objects without
 * deleting what Temporal still refers to. Changes nothing. Thread-safe.
 *
 * <p>An object is needed as long as a run that refers to it is open, and then for the retention
 * period. A run can pass a payload on to other runs; it is stored again then, which renews the
 * object, except by processes that know that the object was written less than {@link
 * Builder#setCacheMaxAge} ago. What the Temporal server itself passes on, such as the input of a
 * workflow that is retried, is not stored again; such cases have no safe rule, unless an execution
 * timeout limits the whole chain of runs.
 *
 * <p>The result holds under these conditions, which can't be checked: runs that start later have no
 * longer timeouts than those that were read; only this library stores payloads in the bucket (the
 * drivers of other SDKs don't write an object again that exists already); runs are not reset after
 * they were read; no other namespace uses the bucket.
 *
 * <p>The memory that is used does not depend on the number of runs.
 */
public final class LifecyclePlanner {

  private final TemporalServer server;
  private final List<NamespaceStorage> namespaces;
  private final Duration cacheMaxAge;
  private final int closedRuns;
  private final int concurrency;
  private final InstantSource clock;

  private LifecyclePlanner(Builder builder) {
    server = new TemporalServer(builder.service, new TemporalCalls(builder.pause));
    namespaces = builder.namespaces;
    cacheMaxAge = builder.cacheMaxAge;
    closedRuns = builder.closedRuns;
    concurrency = builder.concurrency;
    clock = builder.clock;
  }

  /**
   * A builder with the defaults.
   *
   * @param service the connection to the Temporal server; closed by the caller
   * @param namespaces all namespaces that use the buckets
   */
  public static Builder newBuilder(
      WorkflowServiceStubs service, Collection<NamespaceStorage> namespaces) {
    return new Builder(service, namespaces);
  }

  /**
   * Reads the namespaces and the settings of their buckets. Blocks until both are read.
   *
   * @throws LifecycleException if Temporal can't be read completely. Settings that can't be read
   *     are not a failure, but part of the result
   */
  public LifecyclePlan run() {
    List<NamespacePlan> plans = namespaces.stream().map(this::read).toList();
    Map<StorageBucket, List<NamespacePlan>> users =
        new TreeMap<>(Comparator.comparing(StorageBucket::toString));
    Map<StorageBucket, StorageBuckets> readers =
        new TreeMap<>(Comparator.comparing(StorageBucket::toString));
    List<String> withoutBucket = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      NamespacePlan plan = plans.get(i);
      List<StorageBuckets> storages = namespaces.get(i).getStorage().getStorageBuckets();
      for (StorageBuckets storage : storages) {
        for (StorageBucket bucket : storage.listBuckets()) {
          users.computeIfAbsent(bucket, unused -> new ArrayList<>()).add(plan);
          readers.putIfAbsent(bucket, storage);
        }
      }
      if (storages.isEmpty()) {
        withoutBucket.add(plan.namespace());
      }
    }
    List<BucketPlan> buckets = new ArrayList<>();
    users.forEach(
        (bucket, plansOfBucket) ->
            buckets.add(plan(bucket, plansOfBucket, requireNonNull(readers.get(bucket)))));
    return new LifecyclePlan(buckets, plans, withoutBucket);
  }

  private NamespacePlan read(NamespaceStorage storage) {
    String namespace = storage.getNamespace();
    NamespaceReport report = new NamespaceReport(namespace);
    try (SideBySide threads = new SideBySide(concurrency)) {
      Duration retention = server.retention(namespace);
      if (retention.isZero()) {
        throw new LifecycleException(
            "The Temporal server does not say how long namespace '%s' keeps closed runs"
                .formatted(namespace));
      }
      new TimeoutReader(server, storage, report, threads).read(closedRuns);
      return report.plan(new KeptRuns(server, namespace, clock.instant()).longest(retention));
    } catch (StatusRuntimeException e) {
      throw TemporalServer.unreadable(namespace, e);
    }
  }

  private BucketPlan plan(StorageBucket bucket, List<NamespacePlan> users, StorageBuckets storage) {
    Optional<BucketSettings> settings = Optional.empty();
    String problem = "";
    try {
      settings = Optional.of(storage.readSettings(bucket).join());
    } catch (CompletionException e) {
      problem = String.valueOf(Futures.unwrap(e).getMessage());
      if (!(Futures.unwrap(e) instanceof StorageException)) {
        throw e;
      }
    }
    return new BucketPlan(
        bucket,
        users.stream().map(NamespacePlan::namespace).sorted().distinct().toList(),
        days(users),
        settings,
        problem);
  }

  /** Payloads can be passed on between the namespaces that share a bucket. */
  private Optional<Integer> days(List<NamespacePlan> users) {
    if (users.stream().anyMatch(plan -> plan.isUnknown() || !plan.obstacles().isEmpty())) {
      return Optional.empty();
    }
    Duration longest = max(users.stream().map(NamespacePlan::longest).toList());
    Duration retention = max(users.stream().map(NamespacePlan::retention).toList());
    return SafeAge.days(longest, retention, cacheMaxAge);
  }

  private static Duration max(List<Duration> durations) {
    return durations.stream().max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  /** Builds a {@link LifecyclePlanner}. Not thread-safe. */
  public static final class Builder {

    private final WorkflowServiceStubs service;
    private final List<NamespaceStorage> namespaces;
    private Duration cacheMaxAge = Duration.ofMinutes(10);
    private int closedRuns = 1000;
    private int concurrency = 8;
    private InstantSource clock = InstantSource.system();
    private TemporalCalls.Pause pause = TemporalCalls.Pause.SLEEP;

    private Builder(WorkflowServiceStubs service, Collection<NamespaceStorage> namespaces) {
      this.service = requireNonNull(service, "service");
      this.namespaces = List.copyOf(namespaces);
    }

    /**
     * The longest {@code cacheMaxAge} of the workers and clients, see {@link
     * io.github.externalstorage.ExternalStorage.Builder#setCacheMaxAge}. Positive. Default: 10
     * minutes, which is the default there.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setCacheMaxAge(Duration age) {
      checkArgument(age.compareTo(Duration.ZERO) > 0, "cacheMaxAge must be positive, not %s", age);
      cacheMaxAge = age;
      return this;
    }

    /**
     * How many of the newest closed workflow runs, activities and Nexus operations are read for
     * their timeouts. Later ones are assumed to have the same timeouts, so closed ones show what to
     * expect. 0 or more. Default: 1,000 of each.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder setClosedRuns(int runs) {
      checkArgument(runs >= 0, "closedRuns must be at least 0, not %s", runs);
      closedRuns = runs;
      return this;
    }

    /**
     * How many runs are read side by side. At least 1. Default: 8.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setConcurrency(int runs) {
      checkArgument(runs >= 1, "concurrency must be at least 1, not %s", runs);
      concurrency = runs;
      return this;
    }

    /** For tests. */
    Builder setClock(InstantSource instantSource) {
      clock = instantSource;
      return this;
    }

    /** For tests. */
    Builder setPause(TemporalCalls.Pause retryPause) {
      pause = retryPause;
      return this;
    }

    /** Builds the planner. */
    public LifecyclePlanner build() {
      return new LifecyclePlanner(this);
    }
  }
}
