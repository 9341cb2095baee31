package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each error of Google Cloud Storage means for callers. */
@Timeout(60)
final class GcsFaultsTest {

  private static final String SECRET = "confidential";
  private static final Payload PAYLOAD = TestPayloads.json("\"" + SECRET + "\"");

  @AutoClose private final FakeGcs gcs = new FakeGcs();
  private final GcsStorageDriver driver = gcs.newDriver().build();

  @ParameterizedTest
  @CsvSource({
    "400, invalid,                  UNKNOWN,  MISCONFIGURED, false",
    "400, invalid,                  'Provided CRC32C \"a\" does not match', UNAVAILABLE, true",
    "401, authError,                Invalid Credentials, ACCESS_DENIED, true",
    "403, forbidden,                no access, ACCESS_DENIED, false",
    "403, rateLimitExceeded,        slow down, UNAVAILABLE, true",
    "403, userRateLimitExceeded,    slow down, UNAVAILABLE, true",
    "403, retentionPolicyNotMet,    wait,      ACCESS_DENIED, false",
    "404, notFound,                 The specified bucket does not exist., MISCONFIGURED, false",
    "408, '',                       timeout,   UNAVAILABLE, true",
    "409, conflict,                 conflict,  MISCONFIGURED, false",
    "412, conditionNotMet,          condition, MISCONFIGURED, false",
    "413, uploadTooLarge,           too large, TOO_LARGE, false",
    "429, rateLimitExceeded,        'The object exceeded the rate limit', UNAVAILABLE, true",
    "500, backendError,             oops,      UNAVAILABLE, true",
    "501, notImplemented,           oops,      MISCONFIGURED, false",
    "502, '',                       oops,      UNAVAILABLE, true",
    "503, backendError,             oops,      UNAVAILABLE, true",
    "504, gatewayTimeout,           oops,      UNAVAILABLE, true",
  })
  void haveAReasonAndARetryability(
      int status, String reason, String message, Reason expected, boolean isRetryable) {
    gcs.respondWith((exchange, body) -> FakeGcs.sendError(exchange, status, reason, message));

    StorageException failure = store();

    assertThat(failure.getReason()).isEqualTo(expected);
    assertThat(failure.isRetryable()).isEqualTo(isRetryable);
    assertThat(failure)
        .hasMessageStartingWith("GCS store failed [bucket=temporal-payloads, key=v0/d/sha256/")
        .hasMessageContaining(
            ", endpoint=%s, status=%s%s, uploadId='UPLOAD-1', message='%s', retryable=%s]: "
                .formatted(
                    gcs.endpoint(),
                    status,
                    reason.isEmpty() ? "" : ", reason='" + reason + "'",
                    message,
                    isRetryable));
    assertThat(gcs.requests()).hasSize(1);
  }

  @Test
  void doNotBlameADenialToStoreOnAMissingObject() {
    gcs.respondWith((exchange, body) -> FakeGcs.sendError(exchange, 403, "forbidden", "no access"));

    assertThat(store()).hasNoCause();
  }

  @Test
  void ofDownloadsArePlainText() {
    StorageException failure = retrieve();

    assertThat(failure.getReason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessageStartingWith("GCS retrieve failed [bucket=temporal-payloads, key=v0/d/sha256/")
        .hasMessageContaining("status=404, uploadId='UPLOAD-1', message='No such object: temporal");
  }

  @Test
  void distinguishAMissingBucketFromAMissingObject() {
    GcsStorageDriver other = gcs.newDriver().setBucket("another").build();

    StorageException failure =
        StorageFailures.of(
            other.retrieve(
                StorageDriverRetrieveContext.empty(),
                other.getClaim(StorageDriverStoreContext.empty(), PAYLOAD).orElseThrow()));

    assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("the bucket does not exist; create it");
  }

  @Test
  void neverRepeatHtmlOfAProxyOrTheRequest() {
    gcs.respondWith(
        (exchange, body) ->
            FakeGcs.send(exchange, 502, "text/html", "<html>You sent " + SECRET + "</html>"));
    assertThat(store()).hasMessageNotContaining(SECRET).hasMessageContaining("status=502");

    gcs.respondWith(
        (exchange, body) ->
            FakeGcs.send(exchange, 403, "text/plain", "Authorization: Bearer " + SECRET));
    assertThat(store()).hasMessageNotContaining(SECRET).hasMessageContaining("status=403");

    gcs.respondWith(
        (exchange, body) ->
            FakeGcs.sendError(exchange, 400, "invalid", "Bad header: Bearer " + SECRET + ", sent"));
    assertThat(store())
        .hasMessageNotContaining(SECRET)
        .hasMessageContaining("message='Bad header: Bearer (token), sent'");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206})
  void includeSuccessOfAnotherKind(int status) {
    gcs.respondWith((exchange, body) -> exchange.sendResponseHeaders(status, -1));

    assertThat(store().getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(retrieve().getReason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void includeRedirects(int status) {
    gcs.respondWith(
        (exchange, body) -> {
          exchange.getResponseHeaders().set("Location", gcs.endpoint() + "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
        });

    StorageException failure = store();

    assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("the endpoint redirects");
    assertThat(gcs.requests()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "<html>OK</html>",
        "{\"bucket\": \"temporal-payloads\"}",
        "{\"bucket\": 1, \"name\": [], \"size\": {}}"
      })
  void includeASuccessThatConfirmsNothing(String response) {
    gcs.respondWith((exchange, body) -> FakeGcs.send(exchange, 200, "application/json", response));

    StorageException failure = store();

    assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("the response does not confirm the request");
  }

  @Test
  void includeTheSuccessOfAnotherRequest() {
    StorageDriverClaim claim =
        driver.getClaim(StorageDriverStoreContext.empty(), PAYLOAD).orElseThrow();
    String key = claim.getClaimData().getOrDefault("key", "");
    gcs.respondWith(
        (exchange, body) ->
            FakeGcs.send(
                exchange,
                200,
                "application/json",
                FakeGcs.json(
                    key,
                    new FakeGcs.StoredContent(
                        PAYLOAD.toByteString().substring(1).concat(ByteString.copyFromUtf8("x")),
                        Instant.EPOCH))));

    assertThat(store()).hasMessageContaining("the response does not confirm the request");
  }

  @Test
  void nameTheCauseIfNothingListens() {
    GcsStorageDriver unreachable =
        GcsStorageDriver.newBuilder()
            .setEndpoint(URI.create("http://127.0.0.1:1"))
            .setBucket(FakeGcs.BUCKET)
            .build();

    StorageException failure =
        StorageFailures.of(unreachable.store(StorageDriverStoreContext.empty(), PAYLOAD));

    assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessageContaining("endpoint=http://127.0.0.1:1, cause='")
        .hasMessageContaining("could not be reached");
  }

  @Test
  void escapeWhatWouldBreakALineOfALog() {
    gcs.respondWith((exchange, body) -> FakeGcs.sendError(exchange, 403, "forbidden", "a\r\nb"));

    StorageException failure =
        StorageFailures.of(
            driver.store(
                StorageDriverStoreContext.of(
                    new StorageDriverWorkflowInfo("ns", "注\u2028\u202E", "r", "T")),
                PAYLOAD));

    assertThat(failure)
        .hasMessageContaining("/wi/注\\u{2028}\\u{202E}/ri/")
        .hasMessageContaining("message='a??b'");
  }

  private StorageException store() {
    return StorageFailures.of(driver.store(StorageDriverStoreContext.empty(), PAYLOAD));
  }

  private StorageException retrieve() {
    return StorageFailures.of(
        driver.retrieve(
            StorageDriverRetrieveContext.empty(),
            driver.getClaim(StorageDriverStoreContext.empty(), PAYLOAD).orElseThrow()));
  }
}
