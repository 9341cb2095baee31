package io.github.externalstorage.s3.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.s3.S3StorageDriver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class S3BucketNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "temporal-payloads",
        "arn:aws:s3:eu-central-1:123456789012:accesspoint/payloads",
        "arn:aws-cn:s3:cn-north-1:123456789012:accesspoint:payloads",
        "arn:aws:s3::123456789012:accesspoint/mfzwi23gnjvgw.mrap",
        "arn:aws:s3-outposts:us-west-2:123456789012:outpost/op-01ac5d28a6a232904/accesspoint/ap",
        "my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias",
        "payloads--usw2-az1--x-s3"
      })
  void whatTheAwsSdkTakesIsAccepted(String bucket) {
    assertThat(S3BucketNames.require(List.of(bucket))).containsExactly(bucket);
  }

  @ParameterizedTest
  @ValueSource(strings = {"arn:aws:s3:::payloads", "arn:aws:s3", "arn:aws:sqs:eu-west-1:1:queue"})
  void otherArnsAreRejected(String bucket) {
    assertThatThrownBy(() -> S3StorageDriver.newBuilder().setBucket(bucket))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "not '" + bucket + "'; for the ARN of a bucket, set the bucket's name");
  }

  @Test
  void urlsAreRejected() {
    assertThatThrownBy(() -> S3StorageDriver.newBuilder().setBucket("s3://payloads"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("remove 's3://'");
  }
}
