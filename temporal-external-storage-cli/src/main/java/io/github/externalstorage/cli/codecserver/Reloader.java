package io.github.externalstorage.cli.codecserver;

import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the configuration anew when its files have changed. While they are wrong the server goes on
 * with what it has, and what is wrong is told once. Thread-safe.
 */
final class Reloader implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Reloader.class);

  private final ConfigurationLoader loader;
  private final CurrentConfiguration current;
  private final Metrics metrics;
  private final Configuration started;
  private String problem = "";
  private Set<String> outdated = Set.of();

  Reloader(ConfigurationLoader loader, CurrentConfiguration current, Metrics metrics) {
    this.loader = loader;
    this.current = current;
    this.metrics = metrics;
    started = current.get();
  }

  @Override
  public synchronized void run() {
    try {
      if (current.get().files().hasChanged()) {
        take(loader.load());
        setProblem("");
      } else if (!problem.isEmpty()) {
        log.info("The configuration is again what the server has");
        setProblem("");
      }
    } catch (ConfigurationException e) {
      setProblem(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      log.error("The configuration could not be looked at", e);
    }
  }

  private void take(Configuration changed) throws ConfigurationException {
    if (!started.canBecome(changed)) {
      throw new ConfigurationException("jwt and server.tls come and go with a restart only");
    }
    current.set(changed);
    log.info(
        "The configuration was taken anew, with namespaces {}", changed.namespaces().describe());
    changed.warnings().forEach(log::warn);
    Set<String> differences = started.fixedDifferences(changed);
    if (!differences.isEmpty() && !differences.equals(outdated)) {
      log.warn("Different after a restart only: {}", String.join(", ", differences));
    }
    outdated = differences;
  }

  private void setProblem(String now) {
    if (!now.isEmpty() && !now.equals(problem)) {
      log.error("The configuration has changed but is not taken, for it is wrong: {}", now);
    }
    problem = now;
    metrics.setConfigurationTaken(now.isEmpty());
  }
}
