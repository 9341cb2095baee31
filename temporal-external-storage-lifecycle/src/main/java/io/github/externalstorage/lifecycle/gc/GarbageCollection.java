package io.github.externalstorage.lifecycle.gc;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;
import static java.util.Objects.requireNonNull;

import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalCalls;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;

/**
 * Deletes stored payloads that nothing in Temporal refers to.
 *
 * <p>A run reads everything that Temporal keeps for the namespaces, as {@link
 * io.github.externalstorage.lifecycle.check.StorageCheck} does, and marks the objects that it
 * refers to; then it lists the buckets. Objects that are not marked and older than the grace period
 * are candidates. A run deletes only what an earlier run found as a candidate too, at least a grace
 * period ago, and what was not written since. Whenever something can't be read or is unclear, it
 * deletes nothing.
 *
 * <p>The state file keeps candidates from one run to the next. If a run is interrupted, the next
 * one continues it. One run at a time can use the file.
 *
 * <p>The memory that is used does not depend on the number of runs and objects. Needs {@code
 * org.xerial:sqlite-jdbc} at run time. Thread-safe.
 */
public final class GarbageCollection {

  /** The default of {@link Builder#setGrace}. */
  public static final Duration DEFAULT_GRACE = Duration.ofDays(7);

  private static final Duration MIN_GRACE = Duration.ofDays(1);

  private final GcSettings settings;

  private GarbageCollection(GcSettings settings) {
    this.settings = settings;
  }

  /**
   * A builder with the defaults.
   *
   * @param service the connection to the Temporal server; closed by the caller
   * @param namespaces all namespaces whose payloads may be in the buckets, each with its storage
   * @param stateFile the file that keeps the state; created if it does not exist
   * @throws IllegalArgumentException if there is no namespace, or one twice
   */
  public static Builder newBuilder(
      WorkflowServiceStubs service, Collection<NamespaceStorage> namespaces, Path stateFile) {
    return new Builder(service, namespaces, stateFile);
  }

  /**
   * Makes a run, or continues one that was interrupted. Blocks until it is complete.
   *
   * @throws LifecycleException if something can't be read, is unclear or exceeds a limit; the
   *     message says whether something was deleted
   */
  public GcResult run() {
    try (GcSession session = new GcSession(settings)) {
      return session.run();
    }
  }

  /**
   * Restores the objects that a run has deleted, where the storage keeps deleted objects.
   *
   * @param run {@link GcResult#run}
   * @throws LifecycleException if the state file has no such run, or the storage can't be accessed
   */
  public GcUndoResult undo(long run) {
    try (GcSession session = new GcSession(settings)) {
      return session.undo(run);
    }
  }

  /** Builds a {@link GarbageCollection}. Not thread-safe. */
  public static final class Builder {

    private final WorkflowServiceStubs service;
    private final List<NamespaceStorage> namespaces;
    private final Path stateFile;
    private List<Path> roots = List.of();
    private Duration grace = DEFAULT_GRACE;
    private Duration cacheMaxAge = Duration.ofMinutes(10);
    private boolean delete;
    private boolean full;
    private long maxObjects = Long.MAX_VALUE;
    private double maxShare = 0.2;
    private int concurrency = 8;
    private double temporalRate = 100;
    private double storageRate = 100;
    private InstantSource clock = InstantSource.system();
    private GcListener listener = new GcListener() {};
    private TemporalCalls.Pause pause = TemporalCalls.Pause.SLEEP;
    private StateFile.CommitListener commitListener = StateFile.CommitListener.NONE;

    private Builder(
        WorkflowServiceStubs service, Collection<NamespaceStorage> namespaces, Path stateFile) {
      this.service = requireNonNull(service, "service");
      this.namespaces = List.copyOf(namespaces);
      this.stateFile = requireNonNull(stateFile, "stateFile");
      checkArgument(!namespaces.isEmpty(), "there must be at least one namespace");
      checkArgument(
          namespaces.stream().map(NamespaceStorage::getNamespace).distinct().count()
              == namespaces.size(),
          "each namespace must be named once");
    }

    /**
     * Files with exported histories, whose references count too: JSON as {@code temporal workflow
     * show -o json} writes it, or serialized {@code temporal.api.history.v1.History} messages. For
     * a folder, all files in it and its subfolders are read. Default: none.
     */
    public Builder setRoots(Collection<Path> files) {
      roots = List.copyOf(files);
      return this;
    }

    /**
     * How old an object has to be, and how long nothing may have referred to it, before it is
     * deleted. At least 1 day, and at least twice the {@linkplain #setCacheMaxAge cache window}.
     * Default: 7 days.
     *
     * @throws IllegalArgumentException if less than 1 day
     */
    public Builder setGrace(Duration period) {
      checkArgument(
          period.compareTo(MIN_GRACE) >= 0, "grace must be at least 1 day, not %s", period);
      grace = period;
      return this;
    }

    /**
     * The longest {@code setCacheMaxAge} of any worker or client: how long after an object was
     * written a new reference to it may be created. Positive. Default: 10 minutes, which is also
     * the default of workers.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setCacheMaxAge(Duration age) {
      checkArgument(age.compareTo(Duration.ZERO) > 0, "cacheMaxAge must be positive, not %s", age);
      cacheMaxAge = age;
      return this;
    }

    /** Whether objects are deleted. Default: false, which only reports what would be deleted. */
    public Builder setDelete(boolean enabled) {
      delete = enabled;
      return this;
    }

    /**
     * Whether the histories of closed workflow runs are read again, although an earlier run has
     * read them. Default: false.
     */
    public Builder setFull(boolean enabled) {
      full = enabled;
      return this;
    }

    /**
     * How many objects a run may delete; if it would be more, none is deleted. At least 0. Default:
     * no limit.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder setMaxObjects(long objects) {
      checkArgument(objects >= 0, "maxObjects must be at least 0, not %s", objects);
      maxObjects = objects;
      return this;
    }

    /**
     * Which share of the payloads in a bucket a run may delete; if it would be more in any bucket,
     * none is deleted. From 0 to 1. Default: 0.2.
     *
     * @throws IllegalArgumentException if out of range
     */
    public Builder setMaxShare(double share) {
      checkArgument(share >= 0 && share <= 1, "maxShare must be from 0 to 1, not %s", share);
      maxShare = share;
      return this;
    }

    /**
     * How many histories are read, prefixes are listed, and objects are deleted side by side. At
     * least 1. Default: 8.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setConcurrency(int operations) {
      checkArgument(operations >= 1, "concurrency must be at least 1, not %s", operations);
      concurrency = operations;
      return this;
    }

    /**
     * How many requests are sent to Temporal in a second, at most. Positive. Default: 100.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setTemporalRequestsPerSecond(double requests) {
      checkArgument(requests > 0, "temporalRequestsPerSecond must be positive, not %s", requests);
      temporalRate = requests;
      return this;
    }

    /**
     * How many requests are sent to the storage in a second, at most. A deletion can take two
     * requests, and counts as one. Positive. Default: 100.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setStorageRequestsPerSecond(double requests) {
      checkArgument(requests > 0, "storageRequestsPerSecond must be positive, not %s", requests);
      storageRate = requests;
      return this;
    }

    /** The clock that the age of objects is measured with. Default: the system's. */
    public Builder setClock(InstantSource source) {
      clock = requireNonNull(source, "source");
      return this;
    }

    /** Observes the run. Default: none. */
    public Builder setListener(GcListener gcListener) {
      listener = requireNonNull(gcListener, "gcListener");
      return this;
    }

    /** For tests. */
    Builder setPause(TemporalCalls.Pause retryPause) {
      pause = retryPause;
      return this;
    }

    /** For tests. */
    Builder setCommitListener(StateFile.CommitListener observer) {
      commitListener = observer;
      return this;
    }

    /**
     * Builds the garbage collection.
     *
     * @throws IllegalStateException if the grace period is less than twice the cache window
     */
    public GarbageCollection build() {
      checkState(
          grace.compareTo(cacheMaxAge.multipliedBy(2)) >= 0,
          "grace must be at least twice cacheMaxAge (%s), not %s",
          cacheMaxAge,
          grace);
      return new GarbageCollection(
          new GcSettings(
              new TemporalServer(service, new TemporalCalls(pause, temporalRate)),
              namespaces,
              storageRate,
              stateFile,
              commitListener,
              roots,
              full,
              grace,
              delete,
              maxObjects,
              maxShare,
              concurrency,
              clock,
              listener));
    }
  }
}
