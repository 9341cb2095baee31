package io.github.externalstorage.lifecycle.check;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalCalls;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.grpc.StatusRuntimeException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.util.Collection;
import java.util.List;

/**
 * Checks that every stored payload which Temporal refers to can still be read. It reads the
 * histories of all open and closed workflow runs of the chosen namespaces, pending activities,
 * schedules, standalone activities and Nexus operations. It finds the references in every spelling,
 * and asks the storage for their objects. Changes nothing.
 *
 * <p>If the driver supports {@link
 * io.github.externalstorage.driver.StorageDriver#getStorageBuckets}, it also reports objects that
 * something open still needs, but that the present lifecycle rules of their buckets would delete or
 * archive too early.
 *
 * <p>What workflows send while the check runs may or may not be seen. A signal that the server
 * buffers until the current workflow task ends is not in the history yet, so it isn't seen either.
 *
 * <p>The memory that is used does not depend on the number or length of histories. Thread-safe.
 */
public final class StorageCheck {

  private final TemporalServer server;
  private final List<NamespaceStorage> namespaces;
  private final String query;
  private final boolean content;
  private final int concurrency;
  private final StorageCheckListener listener;

  private StorageCheck(Builder builder) {
    server = new TemporalServer(builder.service, new TemporalCalls(builder.pause));
    namespaces = builder.namespaces;
    query = builder.query;
    content = builder.content;
    concurrency = builder.concurrency;
    listener = builder.listener;
  }

  /**
   * A builder with the defaults.
   *
   * @param service the connection to the Temporal server; closed by the caller
   * @param namespaces the namespaces to check
   */
  public static Builder newBuilder(
      WorkflowServiceStubs service, Collection<NamespaceStorage> namespaces) {
    return new Builder(service, namespaces);
  }

  /**
   * Checks the namespaces, one after the other. Blocks until all are checked.
   *
   * @throws LifecycleException if Temporal or the storage can't be read completely
   */
  public StorageCheckResult run() {
    CheckReport report = new CheckReport(listener);
    PayloadWalk walk = new PayloadWalk(server, concurrency, report);
    for (NamespaceStorage namespace : namespaces) {
      try {
        String name = namespace.getNamespace();
        ExpiryCheck expiry = new ExpiryCheck(namespace, () -> server.retention(name), report);
        walk.walk(name, query, new ReferenceChecker(namespace, content, report, expiry));
      } catch (StatusRuntimeException e) {
        throw TemporalServer.unreadable(namespace.getNamespace(), e);
      } catch (StorageException e) {
        throw new LifecycleException(
            "The stored payloads of namespace '%s' could not be checked: %s"
                .formatted(namespace.getNamespace(), e.getMessage()),
            e);
      }
    }
    return report.result();
  }

  /** Builds a {@link StorageCheck}. Not thread-safe. */
  public static final class Builder {

    private final WorkflowServiceStubs service;
    private final List<NamespaceStorage> namespaces;
    private String query = "";
    private boolean content;
    private int concurrency = 8;
    private StorageCheckListener listener = new StorageCheckListener() {};
    private TemporalCalls.Pause pause = TemporalCalls.Pause.SLEEP;

    private Builder(WorkflowServiceStubs service, Collection<NamespaceStorage> namespaces) {
      this.service = requireNonNull(service, "service");
      this.namespaces = List.copyOf(namespaces);
    }

    /**
     * Restricts the check to the workflow runs that match a query in the syntax of visibility.
     * Schedules, standalone activities and Nexus operations are then left out. Default: empty,
     * which checks everything.
     */
    public Builder setQuery(String visibilityQuery) {
      query = visibilityQuery.strip();
      return this;
    }

    /**
     * Whether each object is read and its hash compared, instead of only asking for its existence
     * and size. Default: false. Objects of a driver that doesn't support {@link
     * io.github.externalstorage.driver.StorageDriver#getStoredObjects} are always read.
     */
    public Builder setContent(boolean read) {
      content = read;
      return this;
    }

    /**
     * How many histories are read side by side. At least 1. Default: 8.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setConcurrency(int histories) {
      checkArgument(histories >= 1, "concurrency must be at least 1, not %s", histories);
      concurrency = histories;
      return this;
    }

    /** Observes what is found. Default: none. */
    public Builder setListener(StorageCheckListener checkListener) {
      listener = requireNonNull(checkListener, "checkListener");
      return this;
    }

    /** For tests. */
    Builder setPause(TemporalCalls.Pause retryPause) {
      pause = retryPause;
      return this;
    }

    /** Builds the check. */
    public StorageCheck build() {
      return new StorageCheck(this);
    }
  }
}
