package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Throwables;
import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The error messages when S3 fails. */
final class S3FailureMessagesTest {

  private final Payload payload = Samples.payload(Samples.SECRET);
  private final StorageDriverClaim claim = Samples.claim(payload);
  private final String place =
      "[bucket=temporal-payloads, key="
          + claim.getClaimData().get("key")
          + ", region=eu-central-1, ";

  @AutoClose private final ScriptedServer server = new ScriptedServer();

  @Test
  void nameOperationLocationAndResponse() {
    server.respondWith(503, "SlowDown");
    String response =
        place
            + "endpoint="
            + server.endpoint()
            + ", status=503, code='SlowDown', requestId='REQUEST-1', message='no', retryable=true]: S3 can't serve the request now";

    assertThat(failureToStore(server.endpoint())).hasMessage("S3 store failed " + response);
    assertThat(failureToRetrieve(server.endpoint())).hasMessage("S3 retrieve failed " + response);
  }

  @Test
  void nameTheRightRegion() {
    server.respondWith(
        exchange -> {
          exchange.getResponseHeaders().set("x-amz-bucket-region", "ap-south-1");
          exchange.sendResponseHeaders(301, -1);
        });

    assertThat(failureToStore(server.endpoint()))
        .hasMessageContaining("bucketRegion='ap-south-1'")
        .hasMessageEndingWith(
            "the bucket is in another region; build the client for the bucket's region");
  }

  @Test
  void sayThatADenialMayMeanAMissingObject() {
    server.respondWith(403, "AccessDenied");

    assertThat(failureToRetrieve(server.endpoint()))
        .hasMessageEndingWith(
            "Without s3:ListBucket, S3 returns the same error for an object that does not exist");
  }

  @Test
  void doNotBlameADenialToStoreOnAMissingObject() {
    server.respondWith(403, "AccessDenied");

    assertThat(failureToStore(server.endpoint())).hasCauseInstanceOf(S3Exception.class);
  }

  @Test
  void nameAnUnreachableEndpoint() throws IOException {
    URI unreachable;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unreachable = URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    StorageException failure = failureToStore(unreachable);

    assertThat(failure.getReason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessage(
            "S3 store failed "
                + place
                + "endpoint="
                + unreachable
                + ", cause='ConnectException: Connection refused', retryable=true]: S3 could not be reached or did not respond in time; check the endpoint and"
                + " the network")
        .hasRootCauseInstanceOf(IOException.class);
  }

  @Test
  void reportMissingCredentials() {
    AwsCredentialsProvider noCredentials =
        () -> {
          throw SdkClientException.create("Unable to load credentials");
        };
    try (S3AsyncClient client =
        TestClients.tuned(server.endpoint()).setCredentialsProvider(noCredentials).build()) {
      StorageException failure = Samples.failure(store(client));
      assertThat(failure.getReason()).isEqualTo(Reason.ACCESS_DENIED);
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure)
          .hasMessageContaining("cause='SdkClientException: Unable to load credentials'")
          .hasMessageContaining("the S3 client found no credentials; set a credentials provider");
    }
  }

  @Test
  void reportAnErrorOfTheCredentialsService() {
    AwsCredentialsProvider rejected =
        () -> {
          throw AwsServiceException.builder()
              .statusCode(403)
              .awsErrorDetails(
                  AwsErrorDetails.builder()
                      .serviceName("Sts")
                      .errorCode("AccessDenied")
                      .errorMessage("Not allowed to assume the role")
                      .build())
              .build();
        };
    try (S3AsyncClient client =
        TestClients.tuned(server.endpoint()).setCredentialsProvider(rejected).build()) {
      assertThat(Samples.failure(store(client)))
          .hasMessageContaining("message='Not allowed to assume the role'")
          .hasMessageContaining("the S3 client found no credentials");
    }
  }

  @Test
  void reportAClosedClient() {
    S3AsyncClient client = TestClients.tuned(server.endpoint()).build();
    client.close();

    for (CompletableFuture<?> call : List.of(store(client), retrieve(client, claim))) {
      StorageException failure = Samples.failure(call);
      assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure)
          .hasMessageContaining("cause='")
          .hasMessageEndingWith(
              "the S3 client is closed; close it after the workers and clients that use it");
    }
  }

  @Test
  void includeTheRootCausesMessageShortenedAndOnOneLine() {
    AwsCredentialsProvider broken =
        () -> {
          throw new IllegalArgumentException(
              "outer", new IllegalArgumentException("vault\nsays " + "x".repeat(500)));
        };
    try (S3AsyncClient client =
        TestClients.tuned(server.endpoint()).setCredentialsProvider(broken).build()) {
      assertThat(Samples.failure(store(client)).getMessage())
          .contains("cause='IllegalArgumentException: vault?says xxx")
          .hasSizeLessThan(1000)
          .endsWith("retryable=false]: the S3 client could not send the request; see the cause");
    }
  }

  @Test
  void holdNoCredentialsAndNoContent() {
    server.respondWith(
        exchange ->
            ScriptedServer.send(
                exchange,
                400,
                "<Error><Code>ExpiredToken</Code><Message>The token has expired.</Message>"
                    + "<Token-0>"
                    + TestClients.CREDENTIALS.secretAccessKey()
                    + "</Token-0><Body>"
                    + Samples.SECRET
                    + "</Body></Error>"));

    for (StorageException failure :
        List.of(failureToStore(server.endpoint()), failureToRetrieve(server.endpoint()))) {
      assertThat(Throwables.getStackTraceAsString(failure))
          .contains("The token has expired")
          .doesNotContain(TestClients.CREDENTIALS.secretAccessKey())
          .doesNotContain(Samples.SECRET);
    }
  }

  @Test
  void holdNothingOfAnObjectThatIsNotAPayload() {
    server.respondWith(exchange -> ScriptedServer.send(exchange, 200, Samples.SECRET));
    StorageDriverClaim forged = Samples.claim(ByteString.copyFromUtf8(Samples.SECRET));

    try (S3AsyncClient client = TestClients.tuned(server.endpoint()).build()) {
      StorageException failure = Samples.failure(retrieve(client, forged));
      assertThat(failure.getReason()).isEqualTo(Reason.CORRUPTED);
      assertThat(failure.isRetryable()).isFalse();
      assertThat(failure)
          .hasMessageEndingWith(
              "the object is not a payload, although its SHA-256 matches the claim");
      assertThat(Throwables.getStackTraceAsString(failure)).doesNotContain(Samples.SECRET);
    }
  }

  @Test
  void reportAChangedObject() {
    server.respondWith(exchange -> ScriptedServer.send(exchange, 200, "something else"));

    StorageException failure = failureToRetrieve(server.endpoint());

    assertThat(failure.getReason()).isEqualTo(Reason.CORRUPTED);
    assertThat(failure.isRetryable()).isTrue();
    assertThat(failure)
        .hasMessageEndingWith(
            "integrity check failed: the object's SHA-256 does not match the claim, so it was changed or"
                + " damaged");
  }

  @Test
  void repeatAForgedClaimOnlyInPart() {
    StorageDriverClaim forged =
        new StorageDriverClaim(
            Map.of("bucket", "b\n".repeat(5000), "key", "v0/" + "x".repeat(5000)));

    try (S3AsyncClient client = TestClients.tuned(server.endpoint()).build()) {
      StorageException failure = Samples.failure(retrieve(client, forged));
      assertThat(failure.getReason()).isEqualTo(Reason.INVALID_CLAIM);
      assertThat(failure.getMessage())
          .hasSizeLessThan(1000)
          .doesNotContain("\n")
          .startsWith("S3 retrieve rejected [bucket='b?b?")
          .endsWith("the object key has 5003 bytes, more than the 1024 that are allowed");
    }
  }

  private StorageException failureToStore(URI endpoint) {
    try (S3AsyncClient client = TestClients.tuned(endpoint).build()) {
      return Samples.failure(store(client));
    }
  }

  private StorageException failureToRetrieve(URI endpoint) {
    try (S3AsyncClient client = TestClients.tuned(endpoint).build()) {
      return Samples.failure(retrieve(client, claim));
    }
  }

  private CompletableFuture<?> store(S3AsyncClient client) {
    return driver(client).store(StorageDriverStoreContext.empty(), payload);
  }

  private static CompletableFuture<?> retrieve(S3AsyncClient client, StorageDriverClaim claim) {
    return driver(client).retrieve(StorageDriverRetrieveContext.empty(), claim);
  }

  private static S3StorageDriver driver(S3AsyncClient client) {
    return S3StorageDriver.newBuilder().setClient(client).setBucket(Samples.BUCKET).build();
  }
}
