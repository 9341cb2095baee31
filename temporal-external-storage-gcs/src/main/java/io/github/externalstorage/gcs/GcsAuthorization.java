package io.github.externalstorage.gcs;

import com.google.auth.Credentials;
import com.google.auth.RequestMetadataCallback;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Asks the caller's credentials for the headers of a request. They may block, to get a token from
 * the network, so they are called on threads of their own. These are daemon threads, and end when
 * idle for a minute. Thread-safe.
 */
final class GcsAuthorization {

  private final @Nullable Credentials credentials;
  private final AtomicBoolean isRefreshing = new AtomicBoolean();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          new ThreadFactoryBuilder().setNameFormat("gcs-credentials-%d").setDaemon(true).build());

  /**
   * @param credentials null for requests without authorization
   */
  GcsAuthorization(@Nullable Credentials credentials) {
    this.credentials = credentials;
  }

  /** Returns the headers; fails with a {@link CredentialsException}. */
  CompletableFuture<Map<String, List<String>>> headers(URI uri) {
    if (credentials == null) {
      return CompletableFuture.completedFuture(Map.of());
    }
    CompletableFuture<Map<String, List<String>>> result = new CompletableFuture<>();
    RequestMetadataCallback callback =
        new RequestMetadataCallback() {
          @Override
          public void onSuccess(@Nullable Map<String, List<String>> metadata) {
            result.complete(metadata == null ? Map.of() : metadata);
          }

          @Override
          public void onFailure(Throwable failure) {
            result.completeExceptionally(new CredentialsException(failure));
          }
        };
    threads.execute(
        () -> {
          try {
            credentials.getRequestMetadata(uri, threads, callback);
          } catch (RuntimeException e) {
            callback.onFailure(e);
          }
        });
    return result;
  }

  /** Starts to replace a token that was not accepted, so that a retry gets another one. */
  void refresh() {
    if (credentials != null && isRefreshing.compareAndSet(false, true)) {
      threads.execute(
          () -> {
            try {
              credentials.refresh();
            } catch (IOException | RuntimeException e) {
              // The next request asks for a token and reports why there is none.
            } finally {
              isRefreshing.set(false);
            }
          });
    }
  }
}
