package io.github.externalstorage;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.uber.m3.tally.Scope;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverSelector;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.checks.AccessChecks;
import io.github.externalstorage.internal.converter.ActivityClients;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.layers.DriverLayers;
import io.github.externalstorage.internal.layers.Notifications;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.github.externalstorage.internal.pipeline.DriverRegistry;
import io.github.externalstorage.internal.pipeline.StoragePipeline;
import io.github.externalstorage.internal.text.NamespaceName;
import io.github.externalstorage.options.StorageListener;
import io.github.externalstorage.options.StorageRetryOptions;
import io.github.externalstorage.reference.EncodedReference;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.reference.StoredPayload;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.ActivityClientOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps large payloads outside of Temporal. A payload whose size reaches a threshold is stored with
 * a {@link StorageDriver}, and a {@link StorageReference} takes its place; retrieving puts the
 * payload back.
 *
 * <p>Immutable and thread-safe; one instance serves all clients and workers of a process. Pass it
 * to an {@link ExternalStoragePlugin} for workers and clients, and to a codec server directly.
 */
public final class ExternalStorage implements AutoCloseable {

  /** The default threshold, the same in every Temporal SDK: 256 KiB. */
  public static final int DEFAULT_PAYLOAD_SIZE_THRESHOLD = 256 * 1024;

  private final StoragePipeline pipeline;
  private final AccessChecks checks;
  private final AccessCheckAtStart checkAtStart;

  private ExternalStorage(StoragePipeline pipeline, AccessChecks checks) {
    this.pipeline = pipeline;
    this.checks = checks;
    checkAtStart =
        new AccessCheckAtStart(
            () -> isStoreEnabled() ? checks.checkStoringAndReading() : checks.checkReading());
  }

  /** A builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  /**
   * Stores the payloads that are large enough and for which the selector returns a driver.
   * References are never stored again.
   *
   * @return a future of the payloads in their order, the stored ones replaced by references. It
   *     fails with a {@link StorageException}; the first failure cancels the rest. Cancelling it
   *     aborts the requests
   */
  public CompletableFuture<List<Payload>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return Futures.call(
        () ->
            Futures.sideBySide(
                context.getCancellationToken(),
                pipeline.prepareStores(context, payloads),
                Supplier::get));
  }

  /**
   * Retrieves the payloads behind references; other payloads stay as they are. Each claim is
   * validated before its driver makes a request. References that a payload codec encoded must be
   * decoded first, see {@link EncodedReference}.
   *
   * @return a future of the payloads in their order. It fails with a {@link StorageException}; the
   *     first failure cancels the rest. Cancelling it aborts the requests
   */
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<Payload> payloads) {
    return Futures.call(
        () ->
            Futures.sideBySide(
                context.getCancellationToken(),
                pipeline.prepareRetrievals(context, payloads),
                Supplier::get));
  }

  /**
   * Determines which stored payload a reference stands for, without any I/O.
   *
   * @throws StorageException if no driver has the reference's driver name, or the driver does not
   *     accept its claim
   */
  public StoredPayload resolve(StorageReference reference) {
    return pipeline.resolve(reference);
  }

  /**
   * Checks early whether payloads can be stored and retrieved: stores a payload of less than 100
   * bytes with each driver that stores, retrieves it, and leaves it there. Every check uses the
   * same payload, which belongs to no workflow, so with content-addressed keys there is one object.
   * The check needs only the permissions to store and to retrieve. It bypasses the cache, and is
   * retried as {@link Builder#setRetryOptions} says.
   *
   * @return a future that fails with the {@link StorageException} of the first driver that fails,
   *     which names what is wrong; cancelling it aborts the requests
   */
  public CompletableFuture<Void> checkAccess() {
    return checks.checkStoring();
  }

  /**
   * Checks early whether payloads can be retrieved, without storing anything: requests the payload
   * that {@link #checkAccess} stores, from each driver. The check also succeeds if this payload
   * does not exist. It needs only the permission to retrieve.
   *
   * @return a future of what could not be determined, empty if everything could: a driver may be
   *     unable to compute the claim of the payload, and S3, without the permission to list objects,
   *     denies access to an object that does not exist. It fails with the {@link StorageException}
   *     of the first driver that can't retrieve, which names what is wrong; cancelling it aborts
   *     the requests
   */
  public CompletableFuture<List<String>> checkReadAccess() {
    return checks.checkReading();
  }

  /**
   * Makes clients of standalone activities store their inputs and read stored results. These
   * clients support neither plugins nor the SDK's native storage.
   *
   * @param options the options, with namespace and data converter already set
   * @throws IllegalStateException if the converter runs after another external storage
   */
  public void configure(ActivityClientOptions.Builder options) {
    ActivityClients.configure(options, pipeline, ExternalStorageCodec.newBuilder(this).settings());
  }

  /** The smallest serialized size that is stored, in bytes; 0 stores everything. */
  public int getPayloadSizeThreshold() {
    return pipeline.payloadSizeThreshold();
  }

  /** Whether payloads are stored now, as {@link Builder#setStoreEnabled} says. */
  public boolean isStoreEnabled() {
    return pipeline.isStoreEnabled();
  }

  /**
   * For operators: lists and deletes the objects of the drivers, with the limits and retries of
   * this storage. Nothing else calls it.
   *
   * @return the drivers by their names, former names left out; only those that {@linkplain
   *     StorageDriver#getObjectStore support it}
   */
  public Map<String, ObjectStore> getObjectStores() {
    return pipeline.drivers().objectStores();
  }

  /**
   * For operators: what the drivers can report about their buckets, such as lifecycle rules, with
   * the limits and retries of this storage. Nothing else calls it.
   *
   * @return one for each driver that {@linkplain StorageDriver#getStorageBuckets supports it}
   */
  public List<StorageBuckets> getStorageBuckets() {
    return pipeline.drivers().buckets();
  }

  /** Closes the drivers. Calls in progress may fail, and later calls do. */
  @Override
  public void close() {
    checkAtStart.cancel();
    pipeline.drivers().close();
  }

  /** The drivers and what is stored, for logs. */
  @Override
  public String toString() {
    return "drivers %s, threshold %s bytes, storing %s"
        .formatted(pipeline.drivers(), getPayloadSizeThreshold(), isStoreEnabled() ? "on" : "off");
  }

  AccessCheckAtStart checkAtStart() {
    return checkAtStart;
  }

  StoragePipeline pipeline() {
    return pipeline;
  }

  /** Builds an {@link ExternalStorage}. Not thread-safe. */
  public static final class Builder {

    private List<StorageDriver> drivers = List.of();
    private List<StorageDriver> readOnlyDrivers = List.of();
    private Map<String, String> formerDriverNames = Map.of();
    private @Nullable StorageDriverSelector driverSelector;
    private int payloadSizeThreshold = DEFAULT_PAYLOAD_SIZE_THRESHOLD;
    private BooleanSupplier storeEnabled = () -> true;
    private StorageRetryOptions retryOptions = StorageRetryOptions.getDefaultInstance();
    private long cacheMaxBytes = Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);
    private Duration cacheMaxAge = Duration.ofMinutes(10);
    private int maxConcurrentOperations = 50;
    private long maxBytesInFlight = Runtime.getRuntime().maxMemory() / 8;
    private @Nullable Set<String> readableNamespaces;
    private @Nullable StorageListener listener;
    private @Nullable Scope metricsScope;

    private Builder() {}

    /** The one driver that stores and retrieves, as {@link #setDrivers} with a list of one. */
    public Builder setDriver(StorageDriver driver) {
      return setDrivers(List.of(driver));
    }

    /** The drivers that store and retrieve. With more than one, a selector is required. */
    public Builder setDrivers(Collection<? extends StorageDriver> drivers) {
      this.drivers = List.copyOf(drivers);
      return this;
    }

    /**
     * Drivers that only retrieve: what was stored with them stays readable, nothing new goes there.
     * Default: none.
     */
    public Builder setReadOnlyDrivers(Collection<? extends StorageDriver> drivers) {
      readOnlyDrivers = List.copyOf(drivers);
      return this;
    }

    /**
     * Former names of drivers, for references that were written before a driver was renamed.
     * Default: none.
     *
     * @param formerNames maps each former name to the present name of a registered driver
     */
    public Builder setFormerDriverNames(Map<String, String> formerNames) {
      formerDriverNames = Map.copyOf(formerNames);
      return this;
    }

    /**
     * Chooses the driver of each payload that is large enough. Default with one storing driver:
     * that driver; required with more than one.
     */
    public Builder setDriverSelector(@Nullable StorageDriverSelector selector) {
      driverSelector = selector;
      return this;
    }

    /**
     * The smallest serialized size, after the payload codec, that is stored. In bytes, 0 or more; 0
     * stores everything. Default: {@value #DEFAULT_PAYLOAD_SIZE_THRESHOLD}.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder setPayloadSizeThreshold(int bytes) {
      checkArgument(bytes >= 0, "payloadSizeThreshold must be at least 0, not %s", bytes);
      payloadSizeThreshold = bytes;
      return this;
    }

    /**
     * Whether payloads are stored at all; references are read either way. The same as a supplier of
     * this value. Default: true.
     */
    public Builder setStoreEnabled(boolean enabled) {
      return setStoreEnabled(() -> enabled);
    }

    /**
     * Decides at run time whether payloads are stored; references are read either way. So a whole
     * fleet can first be deployed to read only; storing is then turned on, and off again to roll
     * back. Default: always true.
     *
     * @param enabled called for each payload that is large enough; must be thread-safe and quick,
     *     and must not throw
     */
    public Builder setStoreEnabled(BooleanSupplier enabled) {
      storeEnabled = requireNonNull(enabled, "enabled");
      return this;
    }

    /**
     * How failed requests are retried. Default: {@link StorageRetryOptions#getDefaultInstance()}.
     */
    public Builder setRetryOptions(StorageRetryOptions options) {
      retryOptions = requireNonNull(options, "options");
      return this;
    }

    /**
     * The maximum size of the cache of stored and retrieved payloads, in bytes: that of the
     * payloads plus 1 KiB for each. A cached payload needs no request when it is stored or
     * retrieved again. 0 or more; 0 turns the cache off. Default: an eighth of the JVM's maximum
     * heap, at most 64 MiB.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder setCacheMaxBytes(long bytes) {
      checkArgument(bytes >= 0, "cacheMaxBytes must be at least 0, not %s", bytes);
      cacheMaxBytes = bytes;
      return this;
    }

    /**
     * How old an object may be for an equal payload to get a reference to it instead of being
     * stored again. If the object is deleted meanwhile, by a lifecycle rule or by hand, such a
     * reference can't be read, so keep this far below the shortest lifetime of objects. It does not
     * limit how long payloads are read from the cache. Positive. Default: 10 minutes.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setCacheMaxAge(Duration age) {
      checkArgument(age.compareTo(Duration.ZERO) > 0, "cacheMaxAge must be positive, not %s", age);
      cacheMaxAge = age;
      return this;
    }

    /**
     * The maximum number of driver calls in progress; further ones wait. At least 1. Default: 50,
     * the connections that a client of the AWS SDK has by default.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxConcurrentOperations(int operations) {
      checkArgument(
          operations >= 1, "maxConcurrentOperations must be at least 1, not %s", operations);
      maxConcurrentOperations = operations;
      return this;
    }

    /**
     * The maximum size of all payloads that are being sent and received, in bytes; further ones
     * wait. A payload larger than this is sent or received alone. At least 1. Default: an eighth of
     * the JVM's maximum heap.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxBytesInFlight(long bytes) {
      checkArgument(bytes >= 1, "maxBytesInFlight must be at least 1, not %s", bytes);
      maxBytesInFlight = bytes;
      return this;
    }

    /**
     * The Temporal namespaces whose payloads may be retrieved: the clients' own, and those whose
     * Nexus callers or parent workflows send payloads here. Claims that contain no namespace are
     * always accepted. Default: all namespaces, as in the other SDKs.
     *
     * @throws IllegalArgumentException if one is blank, or called {@code null}, which stands for an
     *     unknown namespace in claims
     */
    public Builder setReadableNamespaces(Collection<String> namespaces) {
      namespaces.forEach(NamespaceName::require);
      readableNamespaces = Set.copyOf(namespaces);
      return this;
    }

    /** Observes what the storage does. Default: none, which costs nothing. */
    public Builder setListener(@Nullable StorageListener listener) {
      this.listener = listener;
      return this;
    }

    /**
     * The metrics scope of the Temporal SDK that the storage reports its metrics to. Needed only
     * where {@link ExternalStoragePlugin} can't find it: the plugin finds the scope of a worker,
     * and of service stubs that it is set on. Default: the last scope that the plugin found; with
     * none, metrics cost nothing.
     */
    public Builder setMetricsScope(@Nullable Scope scope) {
      metricsScope = scope;
      return this;
    }

    /**
     * Builds the storage.
     *
     * @throws IllegalStateException if there is no driver, or several drivers store and there is no
     *     selector
     * @throws IllegalArgumentException if a name is blank or used twice, or a former name points to
     *     no driver
     */
    public ExternalStorage build() {
      Notifications notifications = new Notifications(new StorageMetrics(metricsScope), listener);
      DriverLayers layers =
          new DriverLayers(
              retryOptions,
              notifications,
              cacheMaxBytes,
              cacheMaxAge,
              maxConcurrentOperations,
              maxBytesInFlight,
              readableNamespaces);
      DriverRegistry registry =
          new DriverRegistry(drivers, readOnlyDrivers, formerDriverNames, driverSelector, layers);
      return new ExternalStorage(
          new StoragePipeline(registry, payloadSizeThreshold, storeEnabled, notifications),
          new AccessChecks(drivers, readOnlyDrivers, layers));
    }
  }
}
