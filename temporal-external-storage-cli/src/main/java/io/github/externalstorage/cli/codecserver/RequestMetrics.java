package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.spi.CodecOperation;
import io.github.externalstorage.codec.http.spi.CodecRequestEvent;
import io.github.externalstorage.codec.http.spi.CodecRequestListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;

/** Counts requests. No label holds what a caller is free to choose, such as a namespace. */
final class RequestMetrics implements CodecRequestListener {

  private static final String NO_OPERATION = "none";

  private final Counter requests;
  private final Counter received;
  private final Counter sent;
  private final Histogram durations;

  RequestMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("codec_server_requests_total")
            .help("Requests that were answered.")
            .labelNames("operation", "status")
            .register(registry);
    received =
        Counter.builder()
            .name("codec_server_received_bytes_total")
            .help("Bytes of the bodies of requests.")
            .labelNames("operation")
            .register(registry);
    sent =
        Counter.builder()
            .name("codec_server_sent_bytes_total")
            .help("Bytes of the bodies of replies.")
            .labelNames("operation")
            .register(registry);
    durations =
        Histogram.builder()
            .name("codec_server_request_duration_seconds")
            .help("From the headers of a request to the last byte of the reply.")
            .labelNames("operation")
            .classicOnly()
            .register(registry);
  }

  @Override
  public void onCompleted(CodecRequestEvent request) {
    String operation =
        request.getOperation().map(CodecOperation::getPathSegment).orElse(NO_OPERATION);
    requests.labelValues(operation, Integer.toString(request.getStatus())).inc();
    received.labelValues(operation).inc(request.getBytesReceived());
    sent.labelValues(operation).inc(request.getBytesSent());
    durations.labelValues(operation).observe(Unit.nanosToSeconds(request.getDuration().toNanos()));
  }
}
