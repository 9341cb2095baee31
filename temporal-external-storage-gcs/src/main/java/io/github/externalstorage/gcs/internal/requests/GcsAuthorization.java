package io.github.externalstorage.gcs.internal.requests;

import com.google.auth.Credentials;
import com.google.auth.RequestMetadataCallback;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Adds the headers of the caller's credentials to a request. The credentials may block, to get a
 * token from the network, so they are called on threads of their own. These are daemon threads, and
 * end when idle for a minute. Thread-safe.
 */
public final class GcsAuthorization {

  private final @Nullable Credentials credentials;
  private final AtomicBoolean isRefreshing = new AtomicBoolean();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          new ThreadFactoryBuilder().setNameFormat("gcs-credentials-%d").setDaemon(true).build());

  /**
   * @param credentials null for requests without authorization
   */
  public GcsAuthorization(@Nullable Credentials credentials) {
    this.credentials = credentials;
  }

  /** Returns the request with the headers; fails with a {@link CredentialsException}. */
  @SuppressWarnings("CatchingUnchecked") // The caller waits for the result, whatever happens.
  CompletableFuture<HttpRequest> authorize(HttpRequest request) {
    if (credentials == null) {
      return CompletableFuture.completedFuture(request);
    }
    CompletableFuture<HttpRequest> result = new CompletableFuture<>();
    RequestMetadataCallback callback =
        new RequestMetadataCallback() {
          @Override
          public void onSuccess(@Nullable Map<String, List<String>> metadata) {
            try {
              result.complete(withHeaders(request, metadata == null ? Map.of() : metadata));
            } catch (CredentialsException e) {
              result.completeExceptionally(e);
            }
          }

          @Override
          public void onFailure(Throwable failure) {
            result.completeExceptionally(new CredentialsException(failure));
          }
        };
    threads.execute(
        () -> {
          try {
            credentials.getRequestMetadata(request.uri(), threads, callback);
          } catch (Throwable e) {
            callback.onFailure(e);
          }
        });
    return result;
  }

  private static HttpRequest withHeaders(HttpRequest request, Map<String, List<String>> headers)
      throws CredentialsException {
    HttpRequest.Builder authorized = HttpRequest.newBuilder(request, (name, value) -> true);
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      try {
        header.getValue().forEach(value -> authorized.header(header.getKey(), value));
      } catch (RuntimeException e) {
        // Without the cause, whose message quotes the value, which is the token.
        throw new CredentialsException(
            new IllegalArgumentException(
                "HTTP does not allow the header %s, or it has no value; a token must not contain a line break"
                    .formatted(header.getKey())));
      }
    }
    return authorized.build();
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
