package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.Headers;
import io.github.externalstorage.driver.PayloadContent;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;
import software.amazon.awssdk.services.s3.model.StorageClass;

final class S3UploadTest {

  private static final StorageDriverStoreContext CONTEXT =
      StorageDriverStoreContext.of(new StorageDriverWorkflowInfo("ns", "order-1", "r", "Order"));

  private final Payload payload = Samples.payload("{}");

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  @AutoClose private final S3AsyncClient client = TestClients.tuned(server.endpoint()).build();

  @Test
  void isCompletedByTheCustomizer() {
    store(
            (request, context, it) ->
                request
                    .serverSideEncryption(ServerSideEncryption.AWS_KMS)
                    .ssekmsKeyId("key-1")
                    .storageClass(StorageClass.STANDARD_IA)
                    .expectedBucketOwner("111122223333")
                    .tagging("workflow=" + context.getTarget().orElseThrow().id()))
        .join();

    Headers headers = server.requests().get(0).getRequestHeaders();
    assertThat(headers.getFirst("x-amz-server-side-encryption")).isEqualTo("aws:kms");
    assertThat(headers.getFirst("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("key-1");
    assertThat(headers.getFirst("x-amz-storage-class")).isEqualTo("STANDARD_IA");
    assertThat(headers.getFirst("x-amz-expected-bucket-owner")).isEqualTo("111122223333");
    assertThat(headers.getFirst("x-amz-tagging")).isEqualTo("workflow=order-1");
  }

  @Test
  void cannotBeRedirectedByTheCustomizer() {
    for (S3PutObjectCustomizer customizer :
        List.<S3PutObjectCustomizer>of(
            (request, context, it) -> request.bucket("elsewhere"),
            (request, context, it) -> request.key("elsewhere"))) {
      StorageException failure = Samples.failure(store(customizer));
      assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure).hasMessageStartingWith("The PutObject customizer changed the bucket");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void isNotNeededForAnObjectThatExistsIfTheCustomizerSaysSo() {
    server.respondWith(412, "PreconditionFailed");

    StorageDriverClaim claim = store((request, context, it) -> request.ifNoneMatch("*")).join();

    assertThat(claim.getClaimData().get("key")).startsWith("v0/ns/ns/wt/Order/wi/order-1/ri/r/d/");
    assertThat(server.requests().get(0).getRequestHeaders().getFirst("If-None-Match"))
        .isEqualTo("*");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500})
  void stillFailsForOtherReasons(int status) {
    server.respondWith(status, "");

    assertThat(Samples.failure(store((request, context, it) -> request.ifNoneMatch("*"))))
        .hasMessageContaining("status=" + status);
  }

  @Test
  void isStillNeededIfAnotherServiceRespondsLikeThat() {
    AwsCredentialsProvider credentials =
        () -> {
          throw AwsServiceException.builder()
              .statusCode(412)
              .awsErrorDetails(AwsErrorDetails.builder().serviceName("Sts").build())
              .build();
        };
    try (S3AsyncClient other =
        TestClients.plain(server.endpoint()).credentialsProvider(credentials).build()) {
      StorageException failure =
          Samples.failure(
              S3StorageDriver.newBuilder()
                  .setClient(other)
                  .setBucket(Samples.BUCKET)
                  .setPutObjectCustomizer((request, context, it) -> request.ifNoneMatch("*"))
                  .build()
                  .store(CONTEXT, payload));

      assertThat(failure).hasMessageContaining("status=412");
    }
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void ofEqualPayloadsIsOfOneObject() {
    Payload.Builder bare = Payload.newBuilder().setData(ByteString.copyFromUtf8("{}"));
    ByteString value = ByteString.copyFromUtf8("value");
    Payload one = bare.clone().putMetadata("a", value).putMetadata("b", value).build();
    Payload other = bare.clone().putMetadata("b", value).putMetadata("a", value).build();

    assertThat(one).isEqualTo(other);
    assertThat(one.toByteString()).isNotEqualTo(other.toByteString());
    assertThat(PayloadContent.of(one).getSha256()).isEqualTo(PayloadContent.of(other).getSha256());
  }

  private CompletableFuture<StorageDriverClaim> store(S3PutObjectCustomizer customizer) {
    return S3StorageDriver.newBuilder()
        .setClient(client)
        .setBucket(Samples.BUCKET)
        .setPutObjectCustomizer(customizer)
        .build()
        .store(CONTEXT, payload);
  }
}
