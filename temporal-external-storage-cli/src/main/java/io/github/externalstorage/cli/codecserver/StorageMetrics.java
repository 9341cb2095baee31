package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Locale;

/** Counts storage operations. */
final class StorageMetrics implements StorageListener {

  private final Counter payloads;
  private final Counter bytes;
  private final Histogram durations;

  StorageMetrics(PrometheusRegistry registry) {
    payloads =
        Counter.builder()
            .name("codec_server_storage_payloads_total")
            .help("Payloads that were stored or retrieved, or were to be.")
            .labelNames("operation", "outcome")
            .register(registry);
    bytes =
        Counter.builder()
            .name("codec_server_storage_bytes_total")
            .help("Bytes of payloads that were stored or retrieved.")
            .labelNames("operation")
            .register(registry);
    durations =
        Histogram.builder()
            .name("codec_server_storage_duration_seconds")
            .help("How long the storage took, including retries.")
            .labelNames("operation")
            .classicOnly()
            .register(registry);
  }

  @Override
  public void onStored(StorageEvent event) {
    onDone(event);
  }

  @Override
  public void onRetrieved(StorageEvent event) {
    onDone(event);
  }

  @Override
  public void onCacheHit(StorageEvent event) {
    count(event, "cached");
  }

  @Override
  public void onRetried(StorageEvent event, Throwable failure) {
    count(event, "retried");
  }

  @Override
  public void onFailed(StorageEvent event, Throwable failure) {
    count(event, "failed");
  }

  private void onDone(StorageEvent event) {
    count(event, "done");
    bytes.labelValues(operation(event)).inc(event.getBytes());
    durations
        .labelValues(operation(event))
        .observe(Unit.nanosToSeconds(event.getDuration().toNanos()));
  }

  private void count(StorageEvent event, String outcome) {
    payloads.labelValues(operation(event), outcome).inc();
  }

  private static String operation(StorageEvent event) {
    return event.getOperation().name().toLowerCase(Locale.ROOT);
  }
}
