package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.StatusPage;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the server tells Prometheus. */
final class Metrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final RequestMetrics requests = new RequestMetrics(registry);
  private final StorageMetrics storage = new StorageMetrics(registry);
  private final Gauge configurationTaken =
      Gauge.builder()
          .name("codec_server_configuration_taken")
          .help("1 if the configuration is the one in the files, 0 if that one is wrong.")
          .register(registry);

  Metrics() {
    JvmMetrics.builder().register(registry);
    setConfigurationTaken(true);
  }

  RequestMetrics requests() {
    return requests;
  }

  StorageMetrics storage() {
    return storage;
  }

  void setConfigurationTaken(boolean taken) {
    configurationTaken.set(taken ? 1 : 0);
  }

  /** All of it in Prometheus' text format. */
  StatusPage page() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writer.write(out, registry.scrape());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new StatusPage(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
  }
}
