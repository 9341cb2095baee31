package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.auth.TokenKeys;
import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.codec.http.CodecHandler;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The codec server with its metrics and the reloading of its configuration. */
final class CodecServerProgram implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CodecServerProgram.class);

  private final Metrics metrics = new Metrics();
  private final S3Clients clients = new S3Clients();
  private final TokenKeys tokenKeys = new TokenKeys();
  private final ConfigLoader loader;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "config-reloader");
            thread.setDaemon(true);
            return thread;
          });
  private volatile CodecServerConfig config;
  private @Nullable Reloader reloader;
  private @Nullable JettyServer server;
  private @Nullable HTTPServer metricsServer;

  /**
   * Reads the configuration.
   *
   * @throws ConfigException if it is invalid
   */
  CodecServerProgram(Path file, Map<String, String> environment) throws ConfigException {
    loader = new ConfigLoader(file, environment, clients, tokenKeys, metrics.storage());
    try {
      config = loader.load();
    } catch (ConfigException e) {
      close();
      throw e;
    }
  }

  CodecServerConfig config() {
    return config;
  }

  /** What the server can start with, but may not work with. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(config.file().warnings());
    tokenKeys
        .unavailable()
        .forEach(uri -> warnings.add("The keys of tokens can't be fetched now from " + uri));
    try (DefaultCredentialsProvider credentials = DefaultCredentialsProvider.builder().build()) {
      credentials.resolveCredentials();
    } catch (SdkClientException e) {
      warnings.add(
          "The AWS SDK finds no credentials in the environment, profile, container or instance");
    }
    return warnings;
  }

  /**
   * Starts serving.
   *
   * @throws IOException if a port is taken
   */
  void start(PrintWriter out) throws IOException {
    CodecServerConfig started = config;
    JettyServer jetty = new JettyServer(started.server(), handler(started), started.tls());
    server = jetty;
    if (started.metrics().isPresent()) {
      metricsServer = metrics.serve(started.metrics().get(), started.allowedHosts());
    }
    reloader = new Reloader(loader, started, this::apply, metrics);
    long interval = started.reloadInterval().toMillis();
    timer.scheduleWithFixedDelay(reloader, interval, interval, TimeUnit.MILLISECONDS);
    timer.execute(() -> warnings().forEach(log::warn));
    announce(started, jetty.port(), out);
  }

  /** Reloads the configuration now if it has changed. */
  void reload() {
    Objects.requireNonNull(reloader, "not started").run();
  }

  /** Completes the requests in progress, and stops. */
  @Override
  public void close() {
    timer.shutdownNow();
    if (server != null) {
      server.close();
    }
    if (metricsServer != null) {
      metricsServer.close();
    }
    clients.close();
  }

  private CodecHandler handler(CodecServerConfig started) {
    return started
        .handler()
        .setMaxConcurrentTransfers(started.server().maxConcurrentTransfers())
        .setNamespaces(namespace -> config.namespaces().find(namespace))
        .setAuthenticator(
            started.authenticator().isPresent()
                ? request -> config.authenticator().orElseThrow().authenticate(request)
                : null)
        .setListener(metrics.requests())
        .build();
  }

  private void apply(CodecServerConfig changed) {
    config = changed;
    changed.tls().ifPresent(Objects.requireNonNull(server)::reload);
  }

  private void announce(CodecServerConfig started, int port, PrintWriter out) {
    String scheme = started.tls().isPresent() ? "https" : "http";
    out.printf(
        "Codec server %s listens on %s%n",
        Version.CURRENT, started.server().address().url(scheme, port));
    out.printf("Namespaces: %s%n", started.namespaces().describe());
    out.printf(
        "Callers: %s%n",
        started.authenticator().isPresent() ? "those with a token" : "all, without authentication");
    if (metricsServer != null) {
      out.printf(
          "Metrics: %s/metrics%n",
          started.metrics().orElseThrow().url("http", metricsServer.getPort()));
    }
  }
}
