package io.github.externalstorage.internal.objects;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BucketNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "temporal-payloads",
        "my.bucket.example",
        "Legacy_Bucket",
        "payloads--usw2-az1--x-s3",
        "my-ap-hrzrlukc5m36ft7okagglf3gmwluquse1b-s3alias",
        "b"
      })
  void namesThatMayExistAreAccepted(String name) {
    BucketName.require(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "s3://payloads/v0 | URL 's3://payloads/v0': remove 's3://'",
        "gs://payloads | URL 'gs://payloads': remove 'gs://'",
        "https://payloads.s3.amazonaws.com | remove 'https://'",
        "payloads/v0 | without a path, not 'payloads/v0'",
        "my payloads | not 'my payloads'",
        "bündel | letters",
        "payloads:9000 | not 'payloads:9000'",
        "arn:aws:s3:::payloads | not 'arn:aws:s3:::payloads'",
        "\" \" | bucket must not be blank"
      })
  void whatCanNotBeANameIsRejected(String name, String message) {
    assertThatThrownBy(() -> BucketName.require(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
