package io.github.externalstorage.cli.codecserver;

import com.google.common.net.HostAndPort;
import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import io.github.externalstorage.codec.http.internal.protocol.HostPolicy;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import io.github.externalstorage.codec.http.spi.CodecRequestEvent;
import io.github.externalstorage.codec.http.spi.CodecRequestListener;
import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Set;

/**
 * The metrics for Prometheus. No label holds what a caller is free to choose, such as a namespace.
 */
final class Metrics implements CodecRequestListener, StorageListener {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter requests =
      counter("requests_total", "Requests that were completed.", "operation", "status");
  private final Counter received =
      counter("received_bytes_total", "Bytes of request bodies.", "operation");
  private final Counter sent =
      counter("sent_bytes_total", "Bytes of response bodies.", "operation");
  private final Histogram requestDurations =
      histogram(
          "request_duration_seconds",
          "From the headers of a request to the last byte of the response.");
  private final Counter payloads =
      counter(
          "storage_payloads_total",
          "Payloads that were stored or retrieved, or were to be.",
          "operation",
          "outcome");
  private final Counter storageBytes =
      counter(
          "storage_bytes_total", "Bytes of payloads that were stored or retrieved.", "operation");
  private final Histogram storageDurations =
      histogram("storage_duration_seconds", "How long the storage took, including retries.");
  private final Gauge lastReloadSuccessful =
      Gauge.builder()
          .name("codec_server_config_last_reload_successful")
          .help("1 if the last attempt to reload the configuration succeeded, else 0.")
          .register(registry);

  static {
    // Jetty registers itself as the JVM's server. Prometheus' exporter is made for the JDK's.
    System.setProperty(
        "com.sun.net.httpserver.HttpServerProvider",
        "sun.net.httpserver.DefaultHttpServerProvider");
  }

  Metrics() {
    JvmMetrics.builder().register(registry);
    setLastReloadSuccessful(true);
  }

  void setLastReloadSuccessful(boolean successful) {
    lastReloadSuccessful.set(successful ? 1 : 0);
  }

  @Override
  public void onCompleted(CodecRequestEvent request) {
    String operation = request.getOperation().map(CodecOperation::getPathSegment).orElse("none");
    requests.labelValues(operation, Integer.toString(request.getStatus())).inc();
    received.labelValues(operation).inc(request.getBytesReceived());
    sent.labelValues(operation).inc(request.getBytesSent());
    requestDurations
        .labelValues(operation)
        .observe(Unit.nanosToSeconds(request.getDuration().toNanos()));
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

  /**
   * Serves {@code /metrics}.
   *
   * @param allowedHosts host names that are served on loopback beside those of the loopback
   *     interface
   * @throws IOException if the port is in use
   */
  HTTPServer serve(InetSocketAddress address, Set<String> allowedHosts) throws IOException {
    try {
      return HTTPServer.builder()
          .inetAddress(address.getAddress())
          .port(address.getPort())
          .registry(registry)
          .authenticator(check(new HostPolicy(allowedHosts)))
          .registerHealthHandler(false)
          .defaultHandler(
              exchange -> {
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
              })
          .buildAndStart();
    } catch (IOException e) {
      throw new IOException(
          "The metrics can't listen on %s: %s"
              .formatted(
                  HostAndPort.fromParts(address.getHostString(), address.getPort()),
                  e.getMessage()),
          e);
    }
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name("codec_server_" + name)
        .help(help)
        .labelNames(labels)
        .register(registry);
  }

  private Histogram histogram(String name, String help) {
    return Histogram.builder()
        .name("codec_server_" + name)
        .help(help)
        .labelNames("operation")
        .classicOnly()
        .register(registry);
  }

  private void onDone(StorageEvent event) {
    count(event, "done");
    storageBytes.labelValues(operation(event)).inc(event.getBytes());
    storageDurations
        .labelValues(operation(event))
        .observe(Unit.nanosToSeconds(event.getDuration().toNanos()));
  }

  private void count(StorageEvent event, String outcome) {
    payloads.labelValues(operation(event), outcome).inc();
  }

  private static String operation(StorageEvent event) {
    return event.getOperation().name().toLowerCase(Locale.ROOT);
  }

  /** Serves loopback only to allowed host names, as the codec server does. */
  private static Authenticator check(HostPolicy hosts) {
    return new Authenticator() {
      @Override
      public Result authenticate(HttpExchange exchange) {
        boolean loopback = exchange.getLocalAddress().getAddress().isLoopbackAddress();
        String host = exchange.getRequestHeaders().getFirst("Host");
        return !loopback || hosts.isAllowed(host == null ? "" : host)
            ? new Success(new HttpPrincipal("anonymous", "metrics"))
            : new Failure(403);
      }
    };
  }
}
