package io.github.externalstorage.cli.codecserver;

import com.google.common.collect.ImmutableSortedMap;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the payloads of the configured namespaces can be retrieved. Nothing is stored, since a
 * codec server may have no right to.
 */
final class StorageChecks {

  static final Duration TIMEOUT = Duration.ofSeconds(10);

  /**
   * The result for a namespace.
   *
   * @param failure why its payloads can't be retrieved; null if they can, or may
   * @param doubts what could not be determined
   */
  record Result(String namespace, @Nullable Throwable failure, List<String> doubts) {

    /** Whether the configuration is to blame, and not this machine or the network. */
    boolean isMisconfigured() {
      return failure instanceof StorageException e && e.getReason() == Reason.MISCONFIGURED;
    }

    /** One line for each problem. */
    List<String> messages() {
      if (failure == null) {
        return doubts.stream().map(this::named).toList();
      }
      return List.of(
          named(
              failure instanceof TimeoutException
                  ? "The storage did not respond within %s s".formatted(TIMEOUT.toSeconds())
                  : String.valueOf(failure.getMessage())));
    }

    private String named(String message) {
      return "Namespace %s: %s".formatted(namespace, message);
    }
  }

  private StorageChecks() {}

  /** Checks them all at once. The future never fails. */
  static CompletableFuture<List<Result>> run(Map<String, NamespaceCodec> namespaces) {
    return Futures.allAsList(
        ImmutableSortedMap.copyOf(namespaces).entrySet().stream()
            .map(entry -> check(entry.getKey(), entry.getValue()))
            .toList());
  }

  private static CompletableFuture<Result> check(String namespace, NamespaceCodec codec) {
    return CompletableFuture.supplyAsync(() -> codec.getStorage().checkReadAccess())
        .thenCompose(check -> check.orTimeout(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
        .handle(
            (doubts, failure) ->
                failure == null
                    ? new Result(namespace, null, doubts)
                    : new Result(namespace, Futures.unwrap(failure), List.of()));
  }
}
