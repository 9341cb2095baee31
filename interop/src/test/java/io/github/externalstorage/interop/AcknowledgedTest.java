package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Every acknowledged payload is stored, with the README's client and only the required settings.
 */
@InteropTest
final class AcknowledgedTest {

  private static final int COUNT = 14;

  @Test
  void isReadableByOthers() throws Exception {
    List<Payload> payloads = IntStream.range(0, COUNT).mapToObj(i -> payload(i)).toList();
    try (MotoS3 moto = new MotoS3();
        S3AsyncClient s3 =
            S3AsyncClient.builder().endpointOverride(moto.endpoint()).forcePathStyle(true).build();
        ExternalStorage storing = storage(s3);
        ExternalStorage retrieving = storage(s3)) {
      List<Payload> references = storing.store(StorageDriverStoreContext.empty(), payloads).join();

      assertThat(retrieving.retrieve(StorageDriverRetrieveContext.empty(), references).join())
          .isEqualTo(payloads);
      assertThat(new Bucket(s3, Servers.environment("S3_BUCKET")).keys("v0/")).hasSize(COUNT);
    }
  }

  private static ExternalStorage storage(S3AsyncClient s3) {
    return ExternalStorage.newBuilder()
        .setDriver(
            S3StorageDriver.newBuilder()
                .setClient(s3)
                .setBucket(Servers.environment("S3_BUCKET"))
                .build())
        .build();
  }

  private static Payload payload(int seed) {
    byte[] data = new byte[2_200_000];
    new SplittableRandom(seed).nextBytes(data);
    return Payload.newBuilder().setData(ByteString.copyFrom(data)).build();
  }
}
