package io.github.externalstorage.s3;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * The caller's client, every request being a {@link SingleAttempt}. A client that is configured so,
 * as those of {@link S3StorageClientBuilder} are, is spared the plugin, for which the AWS SDK makes
 * up a client's whole configuration for each request.
 */
final class SingleAttemptClient {

  private final S3AsyncClient client;
  private final boolean needsPlugin;

  SingleAttemptClient(S3AsyncClient client) {
    this.client = client;
    needsPlugin = !isConfiguredSo(client);
  }

  CompletableFuture<PutObjectResponse> putObject(PutObjectRequest request, AsyncRequestBody body) {
    // A user's part of a request may undo what the client is configured for.
    return client.putObject(
        needsPlugin || request.overrideConfiguration().isPresent()
            ? request.toBuilder()
                .overrideConfiguration(SingleAttempt.addTo(request.overrideConfiguration()))
                .build()
            : request,
        body);
  }

  <T> CompletableFuture<T> getObject(
      GetObjectRequest request, AsyncResponseTransformer<GetObjectResponse, T> transformer) {
    return client.getObject(
        needsPlugin
            ? request.toBuilder()
                .overrideConfiguration(SingleAttempt.addTo(Optional.empty()))
                .build()
            : request,
        transformer);
  }

  private static boolean isConfiguredSo(S3AsyncClient client) {
    try {
      S3ServiceClientConfiguration configuration = client.serviceClientConfiguration();
      return configuration.requestChecksumCalculation() == RequestChecksumCalculation.WHEN_REQUIRED
          && configuration.responseChecksumValidation() == ResponseChecksumValidation.WHEN_REQUIRED
          && configuration
              .overrideConfiguration()
              .retryStrategy()
              .filter(strategy -> strategy.maxAttempts() == 1)
              .isPresent();
    } catch (UnsupportedOperationException e) {
      // A client of someone's own making need not tell.
      return false;
    }
  }
}
