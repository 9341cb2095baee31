package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
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

/** All that runs: the server, its metrics, and what looks after its configuration. */
final class CodecServerProgram implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(CodecServerProgram.class);

  private final CurrentConfiguration current = new CurrentConfiguration();
  private final Metrics metrics = new Metrics();
  private final S3Clients clients = new S3Clients();
  private final TokenKeySources keys = new TokenKeySources();
  private final ConfigurationLoader loader;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "configuration-reloader");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Reloader reloader;
  private @Nullable CodecServer server;
  private @Nullable CodecServer metricsServer;

  /**
   * Reads the configuration.
   *
   * @throws ConfigurationException if it is wrong
   */
  CodecServerProgram(Path file, Map<String, String> environment) throws ConfigurationException {
    loader =
        new ConfigurationLoader(
            new ConfigurationFile(file, new Variables(environment)),
            current,
            metrics,
            clients,
            keys);
    try {
      current.set(loader.load());
    } catch (ConfigurationException e) {
      close();
      throw e;
    }
  }

  Configuration configuration() {
    return current.get();
  }

  /** What does not keep the server from starting, but from doing its work. */
  List<String> warnings() {
    List<String> warnings = new ArrayList<>(current.get().warnings());
    keys.unavailable()
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
    Configuration configuration = current.get();
    server = configuration.server().start();
    if (configuration.metrics().isPresent()) {
      metricsServer = startMetrics(configuration.metrics().get());
    }
    reloader = new Reloader(loader, current, metrics);
    long interval = configuration.reloadInterval().toMillis();
    timer.scheduleWithFixedDelay(reloader, interval, interval, TimeUnit.MILLISECONDS);
    timer.execute(() -> warnings().forEach(log::warn));
    new Announcement(configuration, server, metricsServer).print(out);
  }

  /** Takes the configuration anew now, if it has changed. */
  void reload() {
    Objects.requireNonNull(reloader, "not started").run();
  }

  /** Answers the requests that are under way, and ends. */
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

  /** A server without namespaces has its status pages only. */
  private CodecServer startMetrics(Address address) throws IOException {
    return CodecServer.newBuilder(CodecHandler.newBuilder().build())
        .setHost(address.host())
        .setPort(address.port())
        .setUnauthenticatedAllowed(true)
        .addStatusPage("/metrics", metrics::page)
        .start();
  }
}
