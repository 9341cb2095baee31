package io.github.externalstorage.gcs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.auth.Credentials;
import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import io.github.externalstorage.driver.BucketObject;
import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.BucketVersioning;
import io.github.externalstorage.driver.ExpirationRule;
import io.github.externalstorage.driver.ExpirationRule.Effect;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.driver.StorageBucket.Service;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.StorageFailures;
import io.github.externalstorage.fixtures.TestPayloads;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading the lifecycle rules and the versioning of a bucket. */
final class GcsBucketSettingsTest {

  @AutoClose private final FakeGcs gcs = new FakeGcs();

  private final GcsStorageDriver driver = gcs.newDriver().build();
  private final StorageBuckets buckets = driver.getStorageBuckets().orElseThrow();
  private final StorageBucket bucket =
      new StorageBucket(Service.GCS, gcs.endpoint().toString(), FakeGcs.BUCKET);

  @Test
  void knowsItsBucketsAndWhereAnObjectIs() {
    StorageDriverClaim claim =
        driver.getClaim(StorageDriverStoreContext.empty(), TestPayloads.json("1")).orElseThrow();

    assertThat(buckets.listBuckets()).containsExactly(bucket);
    assertThat(buckets.locate(claim))
        .isEqualTo(
            new BucketObject(bucket, Objects.requireNonNull(claim.getClaimData().get("key"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://storage.googleapis.com",
        "https://storage.europe-west3.rep.googleapis.com"
      })
  void isTheSameBucketAtEveryEndpointOfGoogle(String endpoint) {
    Credentials credentials =
        GoogleCredentials.create(new AccessToken("token", Date.from(Instant.EPOCH)));
    StorageBuckets google =
        GcsStorageDriver.newBuilder()
            .setCredentials(credentials)
            .setEndpoint(URI.create(endpoint))
            .setBucket(FakeGcs.BUCKET)
            .build()
            .getStorageBuckets()
            .orElseThrow();

    assertThat(google.listBuckets())
        .containsExactly(new StorageBucket(Service.GCS, "", FakeGcs.BUCKET));
  }

  @Test
  void readsTheRulesThatDelete() {
    respond(
        """
        "versioning": {"enabled": true},
        "lifecycle": {"rule": [
          {"action": {"type": "Delete"},
           "condition": {"age": 30, "isLive": true, "matchesPrefix": ["v0/ns/a/", "v0/ns/b/"]}},
          {"action": {"type": "Delete"}, "condition": {"age": 90}},
          {"action": {"type": "Delete"}, "condition": {"age": 5, "matchesSuffix": ["0"]}},
          {"action": {"type": "Delete"}, "condition": {"createdBefore": "2026-01-01"}},
          {"action": {"type": "Delete"}, "condition": {"age": 7, "isLive": false}},
          {"action": {"type": "Delete"}, "condition": {"age": 7, "numNewerVersions": 2}},
          {"action": {"type": "Delete"}, "condition": {"daysSinceNoncurrentTime": 7}},
          {"action": {"type": "SetStorageClass", "storageClass": "ARCHIVE"}, "condition": {"age": 1}},
          {"action": {"type": "AbortIncompleteMultipartUpload"}, "condition": {"age": 1}}
        ]}\
        """);

    BucketSettings settings = buckets.readSettings(bucket).join();

    assertThat(settings.versioning()).isEqualTo(BucketVersioning.ON);
    assertThat(settings.hasOtherRules()).isTrue();
    assertThat(settings.rules())
        .containsExactly(
            rule("v0/ns/a/", 30, false),
            rule("v0/ns/b/", 30, false),
            rule("", 90, false),
            rule("", 5, true),
            rule("", 0, true));
    assertThat(gcs.requests())
        .extracting(request -> request.method() + " " + request.uri())
        .containsExactly(
            "GET /storage/v1/b/" + FakeGcs.BUCKET + "?fields=name,versioning,lifecycle");
  }

  @Test
  void aBucketMayHaveNoRules() {
    respond("\"versioning\": {\"enabled\": false}");
    BucketSettings expected = new BucketSettings(BucketVersioning.OFF, List.of(), false);

    assertThat(buckets.readSettings(bucket).join()).isEqualTo(expected);

    gcs.respondWith(
        (exchange, body) ->
            FakeGcs.send(exchange, 200, "application/json", "{\"name\": \"temporal-payloads\"}"));
    assertThat(buckets.readSettings(bucket).join()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"name\": \"another\"}", "{\"name\": \"temporal-payloads\","})
  void doesNotTakeAnotherResponseForNoRules(String response) {
    gcs.respondWith((exchange, body) -> FakeGcs.send(exchange, 200, "application/json", response));

    assertThat(failure().getReason()).isEqualTo(Reason.UNAVAILABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "403, forbidden, ACCESS_DENIED, storage.buckets.get",
    "404, notFound, MISCONFIGURED, the bucket does not exist",
    "503, backendError, UNAVAILABLE, can't serve",
  })
  void namesWhatIsWrong(int status, String error, Reason reason, String remedy) {
    gcs.respondWith((exchange, body) -> FakeGcs.sendError(exchange, status, error, "no"));

    StorageException failure = failure();

    assertThat(failure.getReason()).isEqualTo(reason);
    assertThat(failure)
        .hasMessageStartingWith("GCS read settings failed [bucket=temporal-payloads")
        .hasMessageContaining(remedy);
  }

  private StorageException failure() {
    return StorageFailures.of(buckets.readSettings(bucket));
  }

  private void respond(String settings) {
    gcs.respondWith(
        (exchange, body) ->
            FakeGcs.send(
                exchange,
                200,
                "application/json",
                "{\"name\": \"" + FakeGcs.BUCKET + "\", " + settings + "}"));
  }

  private static ExpirationRule rule(String prefix, int days, boolean conditional) {
    return new ExpirationRule("", prefix, Effect.DELETE, Duration.ofDays(days), null, conditional);
  }
}
