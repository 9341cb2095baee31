package io.github.externalstorage.s3;

import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkPlugin;
import software.amazon.awssdk.core.SdkServiceClientConfiguration;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;

/**
 * Sends each request once, however the caller's client is configured: retries are made around the
 * driver, and two layers of them would multiply. For the same reason the client computes no
 * checksums of its own: the driver has already hashed what it sends, and hashes what it receives.
 */
final class SingleAttempt implements SdkPlugin {

  private static final RetryStrategy NO_RETRY = AwsRetryStrategy.doNotRetry();

  private static final AwsRequestOverrideConfiguration ALONE =
      AwsRequestOverrideConfiguration.builder().addPlugin(new SingleAttempt()).build();

  private SingleAttempt() {}

  /** The configuration of a request that may have one of its own. */
  static AwsRequestOverrideConfiguration addTo(
      Optional<AwsRequestOverrideConfiguration> configuration) {
    return configuration
        .map(it -> it.toBuilder().addPlugin(new SingleAttempt()).build())
        .orElse(ALONE);
  }

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder builder) {
    S3ServiceClientConfiguration.Builder client = (S3ServiceClientConfiguration.Builder) builder;
    client
        .overrideConfiguration(
            client.overrideConfiguration().copy(it -> it.retryStrategy(NO_RETRY)))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
  }
}
