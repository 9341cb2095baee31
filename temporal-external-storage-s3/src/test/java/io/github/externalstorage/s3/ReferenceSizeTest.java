package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.sdk.v1.ExternalStorageReference;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** With ordinary ids, a reference stays small although its claim is written for all SDKs. */
final class ReferenceSizeTest {

  private static final int LIMIT = 700;
  private static final Payload PAYLOAD = Samples.payload(1000);

  private final S3StorageDriver driver =
      S3StorageDriver.newBuilder()
          .setClient(
              new S3AsyncClient() {
                @Override
                public String serviceName() {
                  return "s3";
                }

                @Override
                public void close() {}
              })
          .setBucket(Samples.BUCKET)
          .build();

  @Property(seed = "1", tries = 200)
  void isUnderTheLimit(
      @ForAll("workflowIds") String workflowId, @ForAll("workflowTypes") String workflowType)
      throws InvalidProtocolBufferException {
    StorageDriverWorkflowInfo workflow =
        new StorageDriverWorkflowInfo(
            "default", workflowId, UUID.randomUUID().toString(), workflowType);
    StorageDriverClaim claim =
        driver.getClaim(StorageDriverStoreContext.of(workflow), PAYLOAD).orElseThrow();
    Payload reference =
        new StorageReference(driver.getName(), claim, driver.getMaxPayloadSize()).toPayload();

    assertThat(reference.getSerializedSize()).isLessThan(LIMIT);
    assertThat(asTheSdkWritesIt(reference, claim).getSerializedSize()).isLessThan(LIMIT);
  }

  @Provide
  Arbitrary<String> workflowIds() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .numeric()
        .withChars("-_.")
        .ofMinLength(36)
        .ofMaxLength(60);
  }

  @Provide
  Arbitrary<String> workflowTypes() {
    return Arbitraries.of("Order", "ProcessOrderBatchWorkflow", "SubscriptionRenewalWorkflow");
  }

  /** The SDK's native storage writes the JSON with line breaks. */
  private static Payload asTheSdkWritesIt(Payload reference, StorageDriverClaim claim)
      throws InvalidProtocolBufferException {
    String json =
        JsonFormat.printer()
            .print(
                ExternalStorageReference.newBuilder()
                    .setDriverName(S3StorageDriver.TYPE)
                    .putAllClaimData(claim.getClaimData())
                    .build());
    return reference.toBuilder().setData(ByteString.copyFromUtf8(json)).build();
  }
}
