package io.github.externalstorage.internal.metrics;

import com.google.common.collect.ImmutableMap;
import com.uber.m3.tally.NoopScope;
import com.uber.m3.tally.Scope;
import com.uber.m3.util.Duration;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.github.externalstorage.options.StorageListener;
import io.temporal.serviceclient.MetricsTag;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Reports what a storage does to a metrics scope of the Temporal SDK. A storage reports to one
 * scope at a time, however many clients share it, so that nothing is counted twice. Thread-safe.
 */
public final class StorageMetrics implements StorageListener {

  /** Of a failure that is not a {@link StorageException}. */
  private static final String OTHER = "other";

  private static final String CANCELLED = "cancelled";

  private final boolean fixed;
  private final Map<GaugeKey, MovableGauge> gauges = new HashMap<>();
  private volatile @Nullable Scope scope;

  /**
   * @param scope the only scope to report to; null for those of the clients
   */
  public StorageMetrics(@Nullable Scope scope) {
    fixed = scope != null;
    this.scope = scope;
  }

  /**
   * Reports to a client's scope from now on, unless the storage has a scope of its own.
   *
   * @param clientScope one that discards everything, or null, changes nothing
   */
  public synchronized void use(@Nullable Scope clientScope) {
    if (fixed
        || clientScope == null
        || clientScope == scope
        || clientScope.getClass() == NoopScope.class) {
      return;
    }
    scope = clientScope;
    gauges.values().forEach(gauge -> gauge.moveTo(clientScope));
  }

  /** Whether there is a scope to report to. */
  public boolean isEnabled() {
    return scope != null;
  }

  /** The payload bytes that a driver is sending or receiving. */
  public MovableGauge bytesInFlight(String driver, Operation operation) {
    return gauge(MetricNames.BYTES_IN_FLIGHT, driver, operation);
  }

  /** The calls that wait until the limits of the storage allow them. */
  public MovableGauge operationsWaiting(String driver, Operation operation) {
    return gauge(MetricNames.OPERATIONS_WAITING, driver, operation);
  }

  private synchronized MovableGauge gauge(String name, String driver, Operation operation) {
    return gauges.computeIfAbsent(
        new GaugeKey(name, driver, operation),
        key ->
            new MovableGauge(
                name,
                Map.of(MetricNames.DRIVER_TAG, driver, MetricNames.OPERATION_TAG, tag(operation)),
                scope));
  }

  @Override
  public void onStored(StorageEvent event) {
    completed(event);
  }

  @Override
  public void onRetrieved(StorageEvent event) {
    completed(event);
  }

  @Override
  public void onCacheHit(StorageEvent event) {
    Scope current = scope;
    if (current != null) {
      current.tagged(tags(event)).counter(MetricNames.CACHE_HIT).inc(1);
    }
  }

  @Override
  public void onRetried(StorageEvent event, Throwable failure) {
    Scope current = scope;
    if (current != null) {
      current.tagged(tags(event, failure)).counter(MetricNames.OPERATION_RETRY).inc(1);
    }
  }

  @Override
  public void onFailed(StorageEvent event, Throwable failure) {
    Scope current = scope;
    if (current != null) {
      ended(current, event);
      current.tagged(tags(event, failure)).counter(MetricNames.OPERATION_FAILURE).inc(1);
    }
  }

  private void completed(StorageEvent event) {
    Scope current = scope;
    if (current != null) {
      ended(current, event).counter(MetricNames.BYTES).inc(event.getBytes());
    }
  }

  private static Scope ended(Scope current, StorageEvent event) {
    Scope tagged = current.tagged(tags(event));
    tagged.counter(MetricNames.OPERATION).inc(1);
    tagged
        .timer(MetricNames.OPERATION_LATENCY)
        .record(Duration.ofNanos(event.getDuration().toNanos()));
    return tagged;
  }

  private static Map<String, String> tags(StorageEvent event) {
    return ImmutableMap.of(
        MetricNames.DRIVER_TAG,
        event.getDriverName(),
        MetricNames.OPERATION_TAG,
        tag(event.getOperation()),
        MetricNames.NAMESPACE_TAG,
        event.getNamespace().orElse(MetricsTag.DEFAULT_VALUE));
  }

  private static Map<String, String> tags(StorageEvent event, Throwable failure) {
    return ImmutableMap.<String, String>builder()
        .putAll(tags(event))
        .put(MetricNames.REASON_TAG, reason(failure))
        .buildOrThrow();
  }

  private static String reason(Throwable failure) {
    if (failure instanceof CancellationException) {
      return CANCELLED;
    }
    return failure instanceof StorageException e
        ? e.getReason().name().toLowerCase(Locale.ROOT)
        : OTHER;
  }

  private static String tag(Operation operation) {
    return operation.name().toLowerCase(Locale.ROOT);
  }

  private record GaugeKey(String name, String driver, Operation operation) {}
}
