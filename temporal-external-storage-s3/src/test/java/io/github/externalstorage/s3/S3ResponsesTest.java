package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.s3.RawServer.Script;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/** A request succeeds only if it receives its own response, with any client. */
@Timeout(120)
final class S3ResponsesTest {

  private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";
  private static final Payload PAYLOAD = Samples.payload("{}");
  private static final String ANOTHER_MD5 = "0123456789abcdef0123456789abcdef";

  /**
   * How other servers respond to {@code Expect}: with no {@code 100 Continue} at all, or with one
   * too many.
   */
  @ParameterizedTest
  @EnumSource
  void isStoredWhenItIsAcknowledged(ClientKind kind) throws Exception {
    for (int continues : List.of(0, 2)) {
      List<Payload> payloads =
          IntStream.range(0, 14).mapToObj(i -> Samples.payload(2_200_000 + i)).toList();
      try (RawServer server = new RawServer(continues(continues));
          S3AsyncClient client = kind.create(server.endpoint())) {
        S3StorageDriver driver = driver(client);

        List<StorageDriverClaim> claims =
            payloads.stream()
                .map(payload -> driver.store(StorageDriverStoreContext.empty(), payload))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(server.objects()).hasSize(14);
        for (int i = 0; i < 14; i++) {
          assertThat(server.objects().get(path(claims.get(i))))
              .isEqualTo(payloads.get(i).toByteArray());
        }
        assertThat(claims)
            .map(claim -> driver.retrieve(StorageDriverRetrieveContext.empty(), claim).join())
            .isEqualTo(payloads);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"100 Continue", "102 Processing", "103 Early Hints"})
  void aConnectionWithAStrayResponseIsClosed(String status) throws Exception {
    Script script =
        new Script() {
          private final AtomicInteger requests = new AtomicInteger();

          @Override
          public String beforeBody(String head) {
            // The first of two stores, and the first of two retrieves.
            return requests.getAndIncrement() % 2 == 0 ? "HTTP/1.1 " + status + "\r\n\r\n" : "";
          }
        };
    try (RawServer server = new RawServer(script);
        S3AsyncClient client = TestClients.plain(server.endpoint()).build()) {
      S3StorageDriver driver = driver(client);

      assertMixedUp(failureToStore(driver, PAYLOAD), "store");
      StorageDriverClaim claim = store(driver, PAYLOAD);
      assertMixedUp(failureToRetrieve(driver, claim), "retrieve");
      assertThat(driver.retrieve(StorageDriverRetrieveContext.empty(), claim).join())
          .isEqualTo(PAYLOAD);
      assertThat(server.connections()).isEqualTo(3);
    }
  }

  /** The body is so long that the connection's buffers can't hold the rest. */
  @ParameterizedTest
  @EnumSource
  void aConnectionClosedBeforeTheWholeBodyIsSentIsNoSuccess(ClientKind kind) throws Exception {
    Payload payload = Samples.payload(40 << 20);
    for (int received : List.of(0, 20 << 20)) {
      Script script =
          new Script() {
            @Override
            public int maxBodyLength() {
              return received;
            }
          };
      try (RawServer server = new RawServer(script);
          S3AsyncClient client = kind.create(server.endpoint())) {
        StorageException failure = failureToStore(driver(client), payload);

        assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(failure.isRetryable()).isTrue();
        assertThat(server.objects()).isEmpty();
      }
    }
  }

  @Test
  void withTheChecksumOfAnotherIsNotItsOwn() throws Exception {
    try (RawServer server =
            new RawServer(
                headers(
                    checksum(Samples.payload("other")),
                    checksum(PAYLOAD),
                    "x-amz-checksum-sha256: dGhlIGhhc2ggb2YgdGhlIHBhcnRzJyBoYXNoZXM=-1\r\n"));
        S3AsyncClient client = TestClients.plain(server.endpoint()).build()) {
      S3StorageDriver driver = driver(client);

      assertMixedUp(failureToStore(driver, PAYLOAD), "store");
      store(driver, PAYLOAD);
      store(driver, Samples.payload("with a checksum of its parts"));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  @SuppressWarnings("deprecation") // S3 has no better one for its ETags.
  void withTheMd5OfAnotherIsNotItsOwnWhereEtagsAreMd5s() throws Exception {
    String own = Hashing.md5().hashBytes(PAYLOAD.toByteArray()).toString();
    try (RawServer server =
            new RawServer(
                headers(
                    etag(ANOTHER_MD5),
                    etag(own),
                    etag(ANOTHER_MD5) + "x-amz-server-side-encryption: aws:kms\r\n",
                    etag(ANOTHER_MD5)
                        + "x-amz-server-side-encryption-customer-algorithm: AES256\r\n",
                    etag("3858f62230ac3c915f300c664312c63f-1"),
                    etag(ANOTHER_MD5) + "x-amz-server-side-encryption: AES256\r\n",
                    etag(ANOTHER_MD5)));
        S3AsyncClient client = TestClients.plain(server.endpoint()).build()) {
      S3StorageDriver driver = driver(client);

      for (int i = 0; i < 5; i++) {
        store(driver, PAYLOAD);
      }
      assertMixedUp(failureToStore(driver, PAYLOAD), "store");
      // The bucket's encryption may just have been changed.
      store(driver, PAYLOAD);
    }
  }

  @ParameterizedTest
  @EnumSource
  void aClientThatReplacesTheConfigurationOfRequestsIsRejected(ClientKind kind) throws Exception {
    try (RawServer server = new RawServer(continues(1));
        S3AsyncClient client = kind.create(server.endpoint())) {
      S3AsyncClient replacing =
          new DelegatingS3AsyncClient(client) {
            @Override
            public CompletableFuture<PutObjectResponse> putObject(
                PutObjectRequest request, AsyncRequestBody body) {
              return super.putObject(
                  request.toBuilder()
                      .overrideConfiguration(it -> it.putHeader("x-team", "orders"))
                      .build(),
                  body);
            }
          };

      StorageException failure = failureToStore(driver(replacing), PAYLOAD);

      assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure).hasMessageContaining("keep or extend the overrideConfiguration");
    }
  }

  /** Responds to {@code Expect} as often as given. */
  private static Script continues(int count) {
    return new Script() {
      @Override
      public String beforeBody(String head) {
        return head.toLowerCase(Locale.ROOT).contains("\r\nexpect:") ? CONTINUE.repeat(count) : "";
      }
    };
  }

  private static Script headers(String... responses) {
    Queue<String> headers = new ArrayDeque<>(List.of(responses));
    return new Script() {
      @Override
      public String headers(String head) {
        return headers.remove();
      }
    };
  }

  private static String checksum(Payload payload) {
    byte[] hash = Hashing.sha256().hashBytes(payload.toByteArray()).asBytes();
    return "x-amz-checksum-sha256: " + BaseEncoding.base64().encode(hash) + "\r\n";
  }

  private static String etag(String value) {
    return "ETag: \"" + value + "\"\r\n";
  }

  private static void assertMixedUp(StorageException failure, String operation) {
    assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessageStartingWith("S3 " + operation + " failed [bucket=" + Samples.BUCKET)
        .hasMessageContaining("the response belongs to another request");
  }

  private static StorageDriverClaim store(S3StorageDriver driver, Payload payload) {
    return driver.store(StorageDriverStoreContext.empty(), payload).join();
  }

  private static StorageException failureToStore(S3StorageDriver driver, Payload payload) {
    return Samples.failure(driver.store(StorageDriverStoreContext.empty(), payload));
  }

  private static StorageException failureToRetrieve(
      S3StorageDriver driver, StorageDriverClaim claim) {
    return Samples.failure(driver.retrieve(StorageDriverRetrieveContext.empty(), claim));
  }

  private static String path(StorageDriverClaim claim) {
    return "/" + Samples.BUCKET + "/" + claim.getClaimData().get("key");
  }

  private static S3StorageDriver driver(S3AsyncClient client) {
    return S3StorageDriver.newBuilder()
        .setClient(client)
        .setBucket(Samples.BUCKET)
        .setStallTimeout(TestClients.LONG_TIMEOUT)
        .build();
  }
}
