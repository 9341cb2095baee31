package io.github.externalstorage.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.reference.EncodedReference;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Damaged references are read, or rejected as the Javadoc documents. */
final class ReferenceFuzzTest {

  @Test
  void damagedReferences() {
    try (S3AsyncClient client =
        S3AsyncClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      StorageDriver s3 =
          S3StorageDriver.newBuilder().setClient(client).setBucket("payloads").build();
      ExternalStorage storage =
          ExternalStorage.newBuilder()
              .setDriver(s3)
              .setReadOnlyDrivers(List.of(InMemoryStorageDriver.newBuilder().build()))
              .build();
      Fuzzing.run("References", random -> read(storage, damaged(random)));
    }
  }

  private static Payload damaged(Random random) {
    Payload reference = Seeds.reference(random);
    Mutation mutation = new Mutation(random);
    if (random.nextInt(4) > 0) {
      return reference.toBuilder().setData(mutation.of(reference.getData())).build();
    }
    try {
      return Payload.parseFrom(mutation.of(reference.toByteString()));
    } catch (InvalidProtocolBufferException e) {
      return reference.toBuilder().setData(mutation.noise()).build();
    }
  }

  private static void read(ExternalStorage storage, Payload payload) {
    try {
      for (Payload decoded : EncodedReference.decode(List.of(payload), Seeds.GZIP)) {
        StorageReference.parse(decoded).ifPresent(storage::resolve);
      }
    } catch (StorageException e) {
      assertThat(e.getReason()).isIn(Reason.INVALID_CLAIM, Reason.MISCONFIGURED);
      assertThat(e.getMessage()).hasSizeLessThan(1200).doesNotContainPattern("[^ -~]");
    } catch (PayloadCodecException e) {
      assertThat(e).hasNoCause();
    }
  }
}
