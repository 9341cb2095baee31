package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

final class S3StorageDriverBuilderTest {

  /** A custom client that does not expose its configuration. */
  private static final S3AsyncClient CLIENT =
      new S3AsyncClient() {
        @Override
        public String serviceName() {
          return "s3";
        }

        @Override
        public void close() {
          throw new AssertionError("The client is not the driver's to close");
        }
      };

  @Test
  void hasTheDefaultsOfOtherSdks() {
    S3StorageDriver driver = builder().setBucket("b").build();

    assertThat(driver.getName()).isEqualTo("aws.s3driver");
    assertThat(driver.getType()).isEqualTo("aws.s3driver");
    assertThat(driver.getMaxPayloadSize()).isEqualTo(52_428_800);
    assertThat(driver).hasToString("aws.s3driver [buckets=[b], region=unknown]");
    driver.close();
  }

  @Test
  void hasTheConfiguredNameAndSize() {
    S3StorageDriver driver =
        builder().setBucket("b").setName("archive").setMaxPayloadSize(1).build();

    assertThat(driver.getName()).isEqualTo("archive");
    assertThat(driver.getType()).isEqualTo("aws.s3driver");
    assertThat(driver.getMaxPayloadSize()).isEqualTo(1);
  }

  @Test
  void needsAClientAndABucket() {
    assertThatThrownBy(() -> S3StorageDriver.newBuilder().setBucket("b").build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs a client");
    assertThatThrownBy(() -> builder().build())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("needs a bucket");
  }

  @Test
  void rejectsInvalidValues() {
    S3StorageDriver.Builder builder = builder();
    assertThatThrownBy(() -> builder.setBucket(" ")).hasMessage("bucket must not be blank");
    assertThatThrownBy(() -> builder.setReadOnlyBuckets(List.of("a", "")))
        .hasMessage("bucket must not be blank");
    assertThatThrownBy(() -> builder.setBucketAliases(Map.of("a", "")))
        .hasMessage("bucket must not be blank");
    assertThatThrownBy(() -> builder.setBucketAliases(Map.of("", "a")))
        .hasMessage("bucket must not be blank");
    assertThatThrownBy(() -> builder.setBucketSelector((context, payload) -> "a", List.of()))
        .hasMessage("buckets must not be empty");
    assertThatThrownBy(() -> builder.setName("")).hasMessage("name must not be blank");
    assertThatThrownBy(() -> builder.setMaxPayloadSize(0))
        .hasMessage("maxPayloadSize must be at least 1, not 0");
    assertThatThrownBy(() -> builder.setMaxKeySegmentLength(63))
        .hasMessage("maxKeySegmentLength must be at least 64, not 63");
    assertThatThrownBy(() -> builder.setStallTimeout(Duration.ZERO))
        .hasMessage("stallTimeout must be positive, not PT0S");
  }

  @Test
  void rejectsAnAliasThatIsAlsoABucket() {
    S3StorageDriver.Builder builder =
        builder().setBucket("a").setReadOnlyBuckets(List.of("b")).setName("x");
    for (String bucket : List.of("a", "b")) {
      assertThatThrownBy(() -> builder.setBucketAliases(Map.of(bucket, "c")).build())
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "The bucket '%s' is an alias of 'c', so it can't also be a bucket to store to or read"
                  + " from",
              bucket);
    }
  }

  private static S3StorageDriver.Builder builder() {
    return S3StorageDriver.newBuilder().setClient(CLIENT);
  }
}
