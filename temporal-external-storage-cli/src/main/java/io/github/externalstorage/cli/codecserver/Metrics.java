package io.github.externalstorage.cli.codecserver;

import com.sun.net.httpserver.Authenticator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The metrics for Prometheus. */
final class Metrics {

  private static final Pattern PORT = Pattern.compile(":[0-9]*$");
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|\\[::1]|127(\\.[0-9]{1,3}){3}");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final RequestMetrics requests = new RequestMetrics(registry);
  private final StorageMetrics storage = new StorageMetrics(registry);
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

  RequestMetrics requests() {
    return requests;
  }

  StorageMetrics storage() {
    return storage;
  }

  void setLastReloadSuccessful(boolean successful) {
    lastReloadSuccessful.set(successful ? 1 : 0);
  }

  /**
   * Serves {@code /metrics}.
   *
   * @param allowedHosts host names that are served on loopback beside those of the loopback
   *     interface
   * @throws IOException if the port is taken
   */
  HTTPServer serve(Address address, Set<String> allowedHosts) throws IOException {
    try {
      return HTTPServer.builder()
          .inetAddress(InetAddress.getByName(address.host()))
          .port(address.port())
          .registry(registry)
          .authenticator(new HostCheck(allowedHosts))
          .registerHealthHandler(false)
          .defaultHandler(
              exchange -> {
                exchange.sendResponseHeaders(404, -1);
                exchange.close();
              })
          .buildAndStart();
    } catch (IOException e) {
      throw new IOException(
          "The metrics can't listen on %s:%d: %s"
              .formatted(address.host(), address.port(), e.getMessage()),
          e);
    }
  }

  /** A web page can let its own name resolve to 127.0.0.1; its requests carry that name. */
  private static final class HostCheck extends Authenticator {

    private final Set<String> allowedHosts;

    HostCheck(Set<String> allowedHosts) {
      this.allowedHosts = allowedHosts;
    }

    @Override
    public Result authenticate(HttpExchange exchange) {
      String header = exchange.getRequestHeaders().getFirst("Host");
      String host =
          PORT.matcher(header == null ? "" : header.toLowerCase(Locale.ROOT)).replaceFirst("");
      return !exchange.getLocalAddress().getAddress().isLoopbackAddress()
              || LOOPBACK.matcher(host).matches()
              || allowedHosts.contains(host)
          ? new Success(new HttpPrincipal("anonymous", "metrics"))
          : new Failure(403);
    }
  }
}
