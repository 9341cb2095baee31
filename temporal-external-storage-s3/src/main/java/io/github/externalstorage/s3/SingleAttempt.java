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
 * Sends a request once, however the caller's client is configured: retries are made around the
 * driver, and two layers of them would multiply. For the same reason the client computes no
 * checksums of its own: the driver has already hashed what it sends, and hashes what it receives.
 *
 * @param guard sees to the request and its answer
 */
record SingleAttempt(RequestGuard guard) implements SdkPlugin {

  private static final RetryStrategy NO_RETRY = AwsRetryStrategy.doNotRetry();

  /** Since 2.31; without it a client may verify checksums of S3 as well, which does no harm. */
  private static final boolean HAS_CHECKSUM_SETTINGS =
      AwsSdk.hasMethod(S3ServiceClientConfiguration.Builder.class, "requestChecksumCalculation");

  /** The configuration of a request that may have one of its own. */
  AwsRequestOverrideConfiguration addTo(Optional<AwsRequestOverrideConfiguration> configuration) {
    return configuration
        .map(AwsRequestOverrideConfiguration::toBuilder)
        .orElseGet(AwsRequestOverrideConfiguration::builder)
        .addPlugin(this)
        .build();
  }

  @Override
  public void configureClient(SdkServiceClientConfiguration.Builder builder) {
    S3ServiceClientConfiguration.Builder client = (S3ServiceClientConfiguration.Builder) builder;
    client.overrideConfiguration(
        client
            .overrideConfiguration()
            // Last of all, so that the guard sees what every other interceptor has changed.
            .copy(it -> it.retryStrategy(NO_RETRY).addExecutionInterceptor(guard)));
    if (HAS_CHECKSUM_SETTINGS) {
      client
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
  }
}
