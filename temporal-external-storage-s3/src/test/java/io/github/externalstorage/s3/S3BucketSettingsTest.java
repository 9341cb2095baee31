package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
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
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Reading the lifecycle rules and the versioning of a bucket. */
final class S3BucketSettingsTest {

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  @AutoClose private final S3AsyncClient client = TestClients.plain(server.endpoint()).build();

  private final S3StorageDriver driver =
      S3StorageDriver.newBuilder().setClient(client).setBucket(Samples.BUCKET).build();
  private final StorageBuckets buckets = driver.getStorageBuckets().orElseThrow();
  private final StorageBucket bucket =
      new StorageBucket(Service.S3, server.endpoint().toString(), Samples.BUCKET);

  @Test
  void knowsItsBucketsAndWhereAnObjectIs() {
    StorageDriverClaim claim =
        driver.getClaim(StorageDriverStoreContext.empty(), Samples.payload("1")).orElseThrow();
    StorageBuckets moved =
        S3StorageDriver.newBuilder()
            .setClient(client)
            .setBucket("new")
            .setReadOnlyBuckets(Set.of("archive"))
            .setBucketAliases(Map.of(Samples.BUCKET, "new"))
            .build()
            .getStorageBuckets()
            .orElseThrow();

    assertThat(buckets.listBuckets()).containsExactly(bucket);
    assertThat(buckets.locate(claim))
        .isEqualTo(
            new BucketObject(bucket, Objects.requireNonNull(claim.getClaimData().get("key"))));
    assertThat(moved.listBuckets())
        .extracting(StorageBucket::name)
        .containsExactlyInAnyOrder("new", "archive");
    assertThat(moved.locate(claim).bucket().name()).isEqualTo("new");
  }

  @Test
  void readsTheRulesThatDeleteOrArchive() {
    respond(
        """
        <LifecycleConfiguration>
          <Rule><ID>old</ID><Status>Enabled</Status><Prefix>v0/ns/orders/</Prefix>
            <Expiration><Days>30</Days></Expiration></Rule>
          <Rule><ID>all</ID><Status>Enabled</Status><Filter/>
            <Expiration><Date>2027-01-01T00:00:00Z</Date></Expiration>
            <Transition><Days>90</Days><StorageClass>GLACIER</StorageClass></Transition>
            <Transition><Days>30</Days><StorageClass>STANDARD_IA</StorageClass></Transition></Rule>
          <Rule><ID>tagged</ID><Status>Enabled</Status>
            <Filter><And><Prefix>v0/</Prefix><Tag><Key>a</Key><Value>b</Value></Tag></And></Filter>
            <Expiration><Days>1</Days></Expiration></Rule>
          <Rule><ID>small</ID><Status>Enabled</Status>
            <Filter><ObjectSizeLessThan>1000</ObjectSizeLessThan></Filter>
            <Expiration><Days>2</Days></Expiration></Rule>
          <Rule><ID>off</ID><Status>Disabled</Status><Filter/>
            <Expiration><Days>1</Days></Expiration></Rule>
          <Rule><ID>noncurrent</ID><Status>Enabled</Status><Filter/>
            <Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>
            <NoncurrentVersionExpiration><NoncurrentDays>1</NoncurrentDays>
            </NoncurrentVersionExpiration></Rule>
        </LifecycleConfiguration>
        """,
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");

    BucketSettings settings = buckets.readSettings(bucket).join();

    assertThat(settings.versioning()).isEqualTo(BucketVersioning.ON);
    assertThat(settings.hasOtherRules()).isTrue();
    assertThat(settings.rules())
        .containsExactly(
            rule("old", "v0/ns/orders/", Effect.DELETE, 30, false),
            new ExpirationRule(
                "all", "", Effect.DELETE, null, Instant.parse("2027-01-01T00:00:00Z"), false),
            rule("all", "", Effect.ARCHIVE, 90, false),
            rule("tagged", "v0/", Effect.DELETE, 1, true),
            rule("small", "", Effect.DELETE, 2, true));
  }

  @Test
  void aBucketMayHaveNoRules() {
    server.respondWith(
        exchange -> {
          if (isAbout(exchange, "lifecycle")) {
            ScriptedServer.send(
                exchange, 404, "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>");
          } else {
            ScriptedServer.send(exchange, 200, "<VersioningConfiguration/>");
          }
        });

    assertThat(buckets.readSettings(bucket).join())
        .isEqualTo(new BucketSettings(BucketVersioning.OFF, List.of(), false));
  }

  @Test
  void rulesCanBeReadWithoutThePermissionToReadVersioning() {
    server.respondWith(
        exchange -> {
          if (isAbout(exchange, "versioning")) {
            ScriptedServer.send(exchange, 403, "<Error><Code>AccessDenied</Code></Error>");
          } else {
            ScriptedServer.send(exchange, 200, "<LifecycleConfiguration/>");
          }
        });

    assertThat(buckets.readSettings(bucket).join())
        .isEqualTo(new BucketSettings(BucketVersioning.UNKNOWN, List.of(), false));
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, ACCESS_DENIED, s3:GetLifecycleConfiguration",
    "404, NoSuchBucket, MISCONFIGURED, the bucket does not exist",
    "501, NotImplemented, MISCONFIGURED, NotImplemented",
    "503, SlowDown, UNAVAILABLE, SlowDown"
  })
  void saysWhyTheRulesCouldNotBeRead(int status, String code, Reason reason, String text) {
    server.respondWith(
        exchange ->
            ScriptedServer.send(exchange, status, "<Error><Code>" + code + "</Code></Error>"));

    assertThatThrownBy(() -> buckets.readSettings(bucket).join())
        .cause()
        .isInstanceOfSatisfying(
            StorageException.class,
            failure -> {
              assertThat(failure.getReason()).isEqualTo(reason);
              assertThat(failure)
                  .hasMessageContainingAll(
                      "The lifecycle rules of the bucket " + Samples.BUCKET, text);
            });
  }

  private void respond(String rules, String versioning) {
    server.respondWith(
        exchange ->
            ScriptedServer.send(
                exchange, 200, isAbout(exchange, "lifecycle") ? rules : versioning));
  }

  private static boolean isAbout(HttpExchange exchange, String subresource) throws IOException {
    return exchange.getRequestURI().getQuery().startsWith(subresource);
  }

  private static ExpirationRule rule(
      String id, String prefix, Effect effect, int days, boolean conditional) {
    return new ExpirationRule(id, prefix, effect, Duration.ofDays(days), null, conditional);
  }
}
