package io.github.externalstorage.s3.internal.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/** Versions that are too old are tested by the projects in {@code consumers}. */
final class AwsSdkTest {

  @Test
  void isSupported() {
    assertThatCode(AwsSdk::requireSupported).doesNotThrowAnyException();
  }

  @Test
  void isAskedForMethods() {
    assertThat(AwsSdk.hasMethod(S3BaseClientBuilder.class, "requestChecksumCalculation")).isTrue();
    assertThat(AwsSdk.hasMethod(S3BaseClientBuilder.class, "noSuchMethod")).isFalse();
  }
}
