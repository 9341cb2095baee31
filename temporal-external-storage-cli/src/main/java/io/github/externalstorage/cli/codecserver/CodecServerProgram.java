package io.github.externalstorage.cli.codecserver;

import com.google.common.net.HostAndPort;
import io.github.externalstorage.cli.auth.TokenKeys;
import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.namespaces.StorageClients;
import io.github.externalstorage.cli.version.Version;
import io.github.externalstorage.codec.http.CodecHandler;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The codec server with its metrics. It reloads its configuration when a file has changed; while
 * the files are invalid it keeps what it has, and logs the problems once.
 */
final class CodecServerProgram implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CodecServerProgram.class);
  private static final Pattern RELOADABLE =
      Pattern.compile("(namespaces|storage|jwt|server\\.tls)\\..*");

  private final Metrics metrics = new Metrics();
  private final StorageClients clients = new StorageClients();
  private final TokenKeys tokenKeys = new TokenKeys();
  private final ConfigLoader loader;
  private final CodecServerConfig started;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "config-reloader");
            thread.setDaemon(true);
            return thread;
          });
  private volatile CodecServerConfig config;
  private String reloadProblem = "";
  private Set<String> needingRestart = Set.of();
  private @Nullable JettyServer server;
  private @Nullable HTTPServer metricsServer;

  /**
   * Reads the configuration.
   *
   * @throws ConfigException if it is invalid
   */
  CodecServerProgram(Path file, Map<String, String> environment) throws ConfigException {
    loader = new ConfigLoader(file, environment, clients, tokenKeys, metrics);
    try {
      started = loader.load();
      config = started;
    } catch (ConfigException e) {
      close();
      throw e;
    }
  }

  CodecServerConfig config() {
    return config;
  }

  /** Problems that do not prevent the start, but may prevent requests from succeeding. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(config.file().warnings());
    tokenKeys
        .unavailable()
        .forEach(uri -> warnings.add("The keys of tokens can't be fetched now from " + uri));
    warnings.addAll(clients.warnings());
    return warnings;
  }

  /** Whether the payloads of the configured namespaces can be retrieved. Takes up to 10 s. */
  List<StorageChecks.Result> checkStorages() {
    return StorageChecks.run(config.namespaces().named()).join();
  }

  /**
   * Starts serving.
   *
   * @throws IOException if a port is in use
   */
  void start() throws IOException {
    if (started.metrics().isPresent()) {
      metricsServer = metrics.serve(started.metrics().get(), started.allowedHosts());
    }
    server =
        new JettyServer(
            started.server(),
            handler(),
            new Readiness(() -> config.namespaces().named())::isReady,
            started.tls());
    long interval = started.reloadInterval().toMillis();
    timer.scheduleWithFixedDelay(this::reload, interval, interval, TimeUnit.MILLISECONDS);
    timer.execute(() -> warnings().forEach(log::warn));
  }

  /** Prints where it listens, and for whom. */
  void announce(PrintWriter out) {
    String scheme = started.tls().isPresent() ? "https" : "http";
    int port = Objects.requireNonNull(server).port();
    out.printf(
        "Codec server %s listens on %s://%s%n",
        Version.CURRENT, scheme, at(started.server().address(), port));
    out.printf("Namespaces: %s%n", started.namespaces().describe());
    out.printf(
        "Callers: %s%n",
        started.authenticator().isPresent() ? "those with a token" : "all, without authentication");
    if (metricsServer != null) {
      out.printf(
          "Metrics: http://%s/metrics%n",
          at(started.metrics().orElseThrow(), metricsServer.getPort()));
    }
  }

  /** Reloads the configuration now if it has changed. */
  synchronized void reload() {
    try {
      if (config.file().hasChanged()) {
        apply(loader.load());
        setReloadProblem("");
      } else if (!reloadProblem.isEmpty()) {
        log.info("The configuration files are again as they were loaded");
        setReloadProblem("");
      }
    } catch (ConfigException e) {
      setReloadProblem(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.error("The configuration could not be reloaded", e);
    }
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

  private CodecHandler handler() {
    return started
        .handler()
        .setNamespaces(namespace -> config.namespaces().find(namespace))
        .setAuthenticator(
            started.authenticator().isPresent()
                ? request -> config.authenticator().orElseThrow().authenticate(request)
                : null)
        .setListener(metrics)
        .build();
  }

  private void apply(CodecServerConfig changed) throws ConfigException {
    if (started.authenticator().isPresent() != changed.authenticator().isPresent()
        || started.tls().isPresent() != changed.tls().isPresent()) {
      throw new ConfigException("jwt and server.tls can't be added or removed without a restart");
    }
    changed.tls().ifPresent(Objects.requireNonNull(server)::reload);
    config = changed;
    log.info("Reloaded the configuration, with namespaces {}", changed.namespaces().describe());
    changed.file().warnings().forEach(log::warn);
    Set<String> differences = started.file().differences(changed.file());
    differences.removeIf(path -> RELOADABLE.matcher(path).matches());
    if (!differences.isEmpty() && !differences.equals(needingRestart)) {
      log.warn("Changed settings that need a restart: {}", String.join(", ", differences));
    }
    needingRestart = differences;
  }

  private void setReloadProblem(String problem) {
    if (!problem.isEmpty() && !problem.equals(reloadProblem)) {
      log.error("Ignoring invalid configuration: {}", problem);
    }
    reloadProblem = problem;
    metrics.setLastReloadSuccessful(problem.isEmpty());
  }

  private static HostAndPort at(InetSocketAddress address, int boundPort) {
    return HostAndPort.fromParts(address.getHostString(), boundPort);
  }
}
