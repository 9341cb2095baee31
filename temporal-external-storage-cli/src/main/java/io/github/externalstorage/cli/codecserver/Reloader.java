package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.config.ConfigException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reloads the configuration when its files have changed. While they are invalid the server keeps
 * what it has; the problems are logged once. Thread-safe.
 */
final class Reloader implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Reloader.class);

  private final ConfigLoader loader;
  private final CodecServerConfig started;
  private final Consumer<CodecServerConfig> apply;
  private final Metrics metrics;
  private CodecServerConfig current;
  private String problem = "";
  private Set<String> needingRestart = Set.of();

  Reloader(
      ConfigLoader loader,
      CodecServerConfig started,
      Consumer<CodecServerConfig> apply,
      Metrics metrics) {
    this.loader = loader;
    this.started = started;
    this.apply = apply;
    this.metrics = metrics;
    current = started;
  }

  @Override
  public synchronized void run() {
    try {
      if (current.file().hasChanged()) {
        reload();
        setProblem("");
      } else if (!problem.isEmpty()) {
        log.info("The configuration files are again as they were loaded");
        setProblem("");
      }
    } catch (ConfigException e) {
      setProblem(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.error("The configuration could not be reloaded", e);
    }
  }

  private void reload() throws ConfigException {
    CodecServerConfig changed = loader.load();
    if (!started.canBecome(changed)) {
      throw new ConfigException(
          List.of("jwt and server.tls can't be added or removed without a restart"));
    }
    apply.accept(changed);
    current = changed;
    log.info("Reloaded the configuration, with namespaces {}", changed.namespaces().describe());
    changed.file().warnings().forEach(log::warn);
    Set<String> differences = started.differencesThatNeedRestart(changed);
    if (!differences.isEmpty() && !differences.equals(needingRestart)) {
      log.warn("Changed settings that need a restart: {}", String.join(", ", differences));
    }
    needingRestart = differences;
  }

  private void setProblem(String now) {
    if (!now.isEmpty() && !now.equals(problem)) {
      log.error("Ignoring invalid configuration: {}", now);
    }
    problem = now;
    metrics.setLastReloadSuccessful(now.isEmpty());
  }
}
