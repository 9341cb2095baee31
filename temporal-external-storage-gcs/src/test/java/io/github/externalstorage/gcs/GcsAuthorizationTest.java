package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.Credentials;
import com.google.auth.RequestMetadataCallback;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableMap;
import com.google.common.util.concurrent.Uninterruptibles;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The caller's credentials authorize each request. */
@Timeout(60)
final class GcsAuthorizationTest {

  private static final Payload PAYLOAD = TestPayloads.json("\"an order\"");

  @AutoClose private final FakeGcs gcs = new FakeGcs();

  @Test
  void sendsTheHeadersOfGoogleCredentials() {
    Instant expiration = Instant.now().plus(Duration.ofHours(1));

    store(GoogleCredentials.create(new AccessToken("token-1", Date.from(expiration)))).join();

    assertThat(gcs.requests().get(0).header("Authorization")).isEqualTo("Bearer token-1");
  }

  @Test
  void sendsEveryHeader() {
    store(
            new FakeCredentials() {
              @Override
              String token() {
                return "token-1";
              }

              @Override
              public Map<String, List<String>> getRequestMetadata(@Nullable URI uri)
                  throws IOException {
                return ImmutableMap.<String, List<String>>builder()
                    .putAll(super.getRequestMetadata(uri))
                    .put("x-goog-user-project", List.of("billed-project"))
                    .buildOrThrow();
              }
            })
        .join();

    assertThat(gcs.requests().get(0).header("Authorization")).isEqualTo("Bearer token-1");
    assertThat(gcs.requests().get(0).header("X-goog-user-project")).isEqualTo("billed-project");
  }

  @Test
  void requestsThemWithoutBlockingTheCaller() {
    CountDownLatch isReturned = new CountDownLatch(1);
    AtomicReference<Thread> thread = new AtomicReference<>();

    CompletableFuture<StorageDriverClaim> result =
        store(
            new FakeCredentials() {
              @Override
              String token() {
                Uninterruptibles.awaitUninterruptibly(isReturned);
                thread.set(Thread.currentThread());
                return "token-1";
              }
            });
    isReturned.countDown();

    result.join();
    assertThat(thread.get()).isNotEqualTo(Thread.currentThread());
    assertThat(gcs.requests().get(0).header("Authorization")).isEqualTo("Bearer token-1");
  }

  @Test
  void saysWhyThereIsNoToken() {
    StorageException failure =
        StorageFailures.of(
            store(
                new FakeCredentials() {
                  @Override
                  String token() throws IOException {
                    throw new IOException("invalid_grant: the account was deleted");
                  }
                }));

    assertThat(failure.getReason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(failure.isRetryable()).isFalse();
    assertThat(failure)
        .hasMessageContaining("cause='IOException: invalid_grant: the account was deleted'")
        .hasMessageContaining("the credentials could not provide an access token");
    assertThat(gcs.requests()).isEmpty();
  }

  @Test
  void canBeRetriedIfTheTokenServerIsUnreachable() {
    StorageException failure =
        StorageFailures.of(
            store(
                new FakeCredentials() {
                  @Override
                  String token() throws IOException {
                    throw new IOException("no token", new ConnectException("Connection refused"));
                  }
                }));

    assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.isRetryable()).isTrue();
  }

  @Test
  void failsWithADefectOfTheCredentials() {
    StorageException failure =
        StorageFailures.of(
            store(
                new FakeCredentials() {
                  @Override
                  String token() {
                    throw new IllegalStateException("not configured");
                  }
                }));

    assertThat(failure.getReason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("cause='IllegalStateException: not configured'");
  }

  @Test
  void isAbortedIfTheCredentialsStall() {
    CountDownLatch end = new CountDownLatch(1);
    StorageException failure =
        StorageFailures.of(
            gcs.newDriver()
                .setStallTimeout(Duration.ofMillis(100))
                .setCredentials(
                    new FakeCredentials() {
                      @Override
                      String token() {
                        Uninterruptibles.awaitUninterruptibly(end);
                        return "late";
                      }
                    })
                .build()
                .store(StorageDriverStoreContext.empty(), PAYLOAD));
    end.countDown();

    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("the request stalled");
  }

  @Test
  void refreshesATokenThatIsNotAccepted() {
    CompletableFuture<Void> refreshed = new CompletableFuture<>();
    gcs.respondWith(
        (exchange, body) -> FakeGcs.sendError(exchange, 401, "authError", "Invalid Credentials"));

    StorageException failure =
        StorageFailures.of(
            store(
                new FakeCredentials() {
                  @Override
                  String token() {
                    return "expired-token";
                  }

                  @Override
                  public void refresh() {
                    refreshed.complete(null);
                  }
                }));

    refreshed.join();
    assertThat(failure.getReason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageNotContaining("expired-token");
  }

  @Test
  void neverRevealsATokenThatHttpDoesNotAllow() {
    StorageException failure =
        StorageFailures.of(
            store(
                new FakeCredentials() {
                  @Override
                  String token() {
                    return "secret-token\n";
                  }
                }));

    assertThat(failure.getReason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(failure)
        .hasMessageContaining("the header Authorization")
        .hasMessageContaining("line break");
    assertThat(Throwables.getStackTraceAsString(failure)).doesNotContain("secret-token");
    assertThat(gcs.requests()).isEmpty();
  }

  @Test
  void failsWithAHeaderWithoutValues() {
    StorageException failure =
        StorageFailures.of(
            store(
                new FakeCredentials() {
                  @Override
                  String token() {
                    return "";
                  }

                  @Override
                  public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) {
                    Map<String, List<String>> headers = new HashMap<>();
                    headers.put("Authorization", null);
                    return headers;
                  }
                }));

    assertThat(failure.getReason()).isEqualTo(Reason.ACCESS_DENIED);
    assertThat(failure).hasMessageContaining("the header Authorization, or it has no value");
  }

  @Test
  void failsWithAnErrorOfTheCredentials() {
    LinkageError error = new NoClassDefFoundError("com/example/TokenSource");

    assertThat(
            store(
                new FakeCredentials() {
                  @Override
                  String token() {
                    return "";
                  }

                  @Override
                  public void getRequestMetadata(
                      @Nullable URI uri, Executor executor, RequestMetadataCallback callback) {
                    throw error;
                  }
                }))
        .failsWithin(Duration.ofSeconds(60))
        .withThrowableThat()
        .withCause(error);
  }

  private CompletableFuture<StorageDriverClaim> store(Credentials credentials) {
    return gcs.newDriver()
        .setCredentials(credentials)
        .build()
        .store(StorageDriverStoreContext.empty(), PAYLOAD);
  }

  /** Credentials that block while they get a token. */
  private abstract static class FakeCredentials extends Credentials {

    private static final long serialVersionUID = 1L;

    abstract String token() throws IOException;

    @Override
    public String getAuthenticationType() {
      return "OAuth2";
    }

    @Override
    public Map<String, List<String>> getRequestMetadata(@Nullable URI uri) throws IOException {
      return Map.of("Authorization", List.of("Bearer " + token()));
    }

    @Override
    public boolean hasRequestMetadata() {
      return true;
    }

    @Override
    public boolean hasRequestMetadataOnly() {
      return true;
    }

    @Override
    public void refresh() {}
  }
}
