package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.internal.checks.PeriodicCheck;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the server can retrieve payloads, for load balancers. It is ready while the payloads of
 * at least one namespace can be retrieved, so that one missing bucket does not affect the others.
 * The storages are asked every 10 s at most. Thread-safe.
 */
final class Readiness {

  private static final Logger log = LoggerFactory.getLogger(Readiness.class);
  private static final Duration MAX_AGE = Duration.ofSeconds(10);

  private final PeriodicCheck check;
  private List<String> logged = List.of();

  /**
   * @param namespaces those that the configuration names; empty if it only has a template
   */
  Readiness(Supplier<Map<String, NamespaceCodec>> namespaces) {
    check =
        new PeriodicCheck(
            () -> StorageChecks.run(namespaces.get()).thenApply(this::problems),
            MAX_AGE,
            StorageChecks.TIMEOUT.plusSeconds(1));
  }

  /** The future never fails. */
  CompletableFuture<Boolean> isReady() {
    return check.get().handle((problems, failure) -> failure == null);
  }

  /** Fails if nothing can be served. */
  private synchronized List<String> problems(List<StorageChecks.Result> results) {
    List<StorageChecks.Result> failed =
        results.stream().filter(result -> result.failure() != null).toList();
    List<String> problems = failed.stream().flatMap(it -> it.messages().stream()).toList();
    // Messages name the request, and so differ each time; the namespaces do not.
    List<String> namespaces = failed.stream().map(StorageChecks.Result::namespace).toList();
    if (!namespaces.equals(logged)) {
      problems.forEach(log::warn);
      if (namespaces.isEmpty()) {
        log.info("The payloads of all namespaces can be retrieved again");
      }
      logged = namespaces;
    }
    if (!failed.isEmpty() && failed.size() == results.size()) {
      throw new IllegalStateException("No storage can be read");
    }
    return problems;
  }
}
