package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.StorageFailures;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@Timeout(60)
final class S3ObjectListingTest {

  private static final String OBJECT =
      "<Contents><Key>v0/a</Key><LastModified>2026-01-01T00:00:00.000Z</LastModified>"
          + "<ETag>&quot;abc&quot;</ETag><Size>7</Size></Contents>";
  private static final String PAGE =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
          + "<Name>b</Name><Prefix>v0/</Prefix><IsTruncated>false</IsTruncated>"
          + OBJECT
          + "</ListBucketResult>";

  @AutoClose private final ScriptedServer server = new ScriptedServer();

  @AutoClose private final S3AsyncClient client = TestClients.plain(server.endpoint()).build();

  private final ObjectStore store =
      S3StorageDriver.newBuilder()
          .setClient(client)
          .setBucket(Samples.BUCKET)
          .setStallTimeout(TestClients.LONG_TIMEOUT)
          .build()
          .getObjectStore()
          .orElseThrow();

  @Test
  void isOneRequest() {
    respond(PAGE);
    assertThat(list())
        .isEqualTo(
            new ObjectPage(
                List.of(new ListedObject("v0/a", 7, Instant.parse("2026-01-01T00:00:00Z"), "abc")),
                List.of(),
                ""));
    assertThat(server.requests()).hasSize(1);
    assertThat(server.requests().get(0).getRequestURI().getQuery())
        .contains("list-type=2", "prefix=v0/", "encoding-type=url")
        .doesNotContain("delimiter", "continuation-token");
  }

  @Test
  void decodesKeys() {
    respond(
        PAGE.replace(
                "<IsTruncated>",
                "<EncodingType>url</EncodingType><Delimiter>%2F</Delimiter><CommonPrefixes><Prefix>v0/a%252Fb/</Prefix></CommonPrefixes><IsTruncated>")
            .replace("<Key>v0/a</Key>", "<Key>v0/a%252Fb%2Bc+d%27%28%29%2A%21%C3%A4</Key>"));
    ObjectPage page = list();
    assertThat(page.objects()).extracting(ListedObject::key).containsExactly("v0/a%2Fb+c d'()*!ä");
    assertThat(page.prefixes()).containsExactly("v0/a%2Fb/");
  }

  @Test
  void keepsKeysThatAreNotEncoded() {
    respond(PAGE.replace("<Key>v0/a</Key>", "<Key>v0/a%2Fb+c&amp;d</Key>"));
    assertThat(list().objects()).extracting(ListedObject::key).containsExactly("v0/a%2Fb+c&d");
  }

  @Test
  void goesOnWithTheToken() {
    respond(
        PAGE.replace(
            "<IsTruncated>false</IsTruncated>",
            "<IsTruncated>true</IsTruncated><NextContinuationToken>1/2+3=</NextContinuationToken>"));
    String token = list().nextPageToken();
    assertThat(token).isEqualTo("1/2+3=");
    respond(PAGE);
    store.listObjects(ListObjectsRequest.of(Samples.BUCKET, "v0/").withPageToken(token)).join();
    assertThat(server.requests().get(1).getRequestURI().getRawQuery())
        .contains("continuation-token=1%2F2%2B3%3D");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html><body>Welcome</body></html>",
        "{}",
        "OK",
        "<ListBucketResult></ListBucketResult>",
        "<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>",
        "<ListBucketResult><IsTruncated>false</IsTruncated><Contents></Contents></ListBucketResult>",
        "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>v0/a</Key></Contents></ListBucketResult>",
        "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>other/a</Key><LastModified>2026-01-01T00:00:00Z</LastModified><ETag>a</ETag><Size>7</Size></Contents></ListBucketResult>",
        "<ListBucketResult><IsTruncated>false</IsTruncated><CommonPrefixes><Prefix>x/</Prefix></CommonPrefixes></ListBucketResult>",
        "<ListBucketResult><IsTruncated>false</IsTruncated><Contents><Key>v0/a</Key><LastModified>yesterday</LastModified><ETag>a</ETag><Size>7</Size></Contents></ListBucketResult>",
      })
  void failsIfTheResponseIsNoPage(String body) {
    respond(body);
    assertThat(rejected())
        .returns(Reason.UNAVAILABLE, StorageException::getReason)
        .returns(true, StorageException::isRetryable);
  }

  /** Whether the length is the one that the response has, or the one that it should have had. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void failsIfTheResponseEndsEarly(boolean isComplete) {
    for (int length = 1; length < PAGE.length(); length += 13) {
      byte[] start = PAGE.substring(0, length).getBytes(StandardCharsets.UTF_8);
      server.respondWith(
          exchange -> {
            exchange.sendResponseHeaders(200, isComplete ? start.length : PAGE.length());
            exchange.getResponseBody().write(start);
          });
      assertThat(rejected())
          .as("after %s bytes", length)
          .returns(Reason.UNAVAILABLE, StorageException::getReason)
          .returns(true, StorageException::isRetryable);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied, ACCESS_DENIED, false, s3:ListBucket",
    "404, NoSuchBucket, MISCONFIGURED, false, the bucket does not exist",
    "404, '', MISCONFIGURED, false, the bucket does not exist",
    "301, PermanentRedirect, MISCONFIGURED, false, another region",
    "400, ExpiredToken, ACCESS_DENIED, true, expired",
    "503, SlowDown, UNAVAILABLE, true, can't serve",
    "500, InternalError, UNAVAILABLE, true, can't serve",
  })
  void failsOnce(int status, String code, Reason reason, boolean isRetryable, String remedy) {
    server.respondWith(status, code);
    StorageException failure = rejected();
    assertThat(failure.getReason()).isEqualTo(reason);
    assertThat(failure.isRetryable()).isEqualTo(isRetryable);
    assertThat(failure)
        .hasMessageStartingWith(
            "S3 list failed [bucket=%s, key=v0/, region=eu-central-1, endpoint="
                .formatted(Samples.BUCKET))
        .hasMessageContaining("status=" + status)
        .hasMessageContaining(remedy);
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void isAbortedIfItStalls() {
    server.respondWith(exchange -> sleepUntilInterrupted());
    ObjectStore impatient =
        S3StorageDriver.newBuilder()
            .setClient(client)
            .setBucket(Samples.BUCKET)
            .setStallTimeout(Duration.ofMillis(200))
            .build()
            .getObjectStore()
            .orElseThrow();
    StorageException failure =
        StorageFailures.of(impatient.listObjects(ListObjectsRequest.of(Samples.BUCKET, "")));
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure).hasMessageContaining("stalled");
  }

  private static void sleepUntilInterrupted() {
    try {
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    } catch (InterruptedException e) {
      // The server is closed.
    }
  }

  @Test
  void isRejectedForOtherBuckets() {
    StorageException failure =
        StorageFailures.of(store.listObjects(ListObjectsRequest.of("other", "")));
    assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure).hasMessageContaining("S3 list rejected [bucket='other']");
    assertThat(server.requests()).isEmpty();
  }

  private void respond(String body) {
    server.respondWith(exchange -> ScriptedServer.send(exchange, 200, body));
  }

  private ObjectPage list() {
    return store.listObjects(ListObjectsRequest.of(Samples.BUCKET, "v0/")).join();
  }

  private StorageException rejected() {
    return StorageFailures.of(store.listObjects(ListObjectsRequest.of(Samples.BUCKET, "v0/")));
  }
}
