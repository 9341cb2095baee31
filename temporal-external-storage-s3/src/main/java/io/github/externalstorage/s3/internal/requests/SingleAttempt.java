package io.github.externalstorage.s3.internal.requests;

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
 * Makes the client send a request only once, regardless of its configuration: requests are retried
 * outside of the driver, and the attempts of two layers would multiply. Also disables the client's
 * own checksums, because the driver already hashes what it sends and receives.
 *
 * @param guard checks the request and its response
 */
record SingleAttempt(RequestGuard guard) implements SdkPlugin {

  private static final RetryStrategy NO_RETRY = AwsRetryStrategy.doNotRetry();

  /**
   * Available since 2.31. Without it, a client may also verify the checksums of S3, which is
   * harmless.
   */
  private static final boolean HAS_CHECKSUM_SETTINGS =
      AwsSdk.hasMethod(S3ServiceClientConfiguration.Builder.class, "requestChecksumCalculation");

  /** Adds this plugin to a request's configuration, if it has one. */
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
            // Added last, so that the guard sees the changes of all other interceptors.
            .copy(it -> it.retryStrategy(NO_RETRY).addExecutionInterceptor(guard)));
    if (HAS_CHECKSUM_SETTINGS) {
      client
          .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
          .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    }
  }
}
