package io.github.externalstorage.s3;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * The caller's client, every request being a {@link SingleAttempt}. One of {@link
 * S3StorageClientBuilder} is configured so, and is spared the plugin, for which the AWS SDK makes
 * up a client's whole configuration for each request.
 */
final class SingleAttemptClient {

  private final S3AsyncClient client;
  private final boolean needsPlugin;

  SingleAttemptClient(S3AsyncClient client) {
    this.client = client;
    needsPlugin = !isMadeHere(client);
  }

  CompletableFuture<PutObjectResponse> putObject(
      PutObjectRequest request, AsyncRequestBody body, RequestGuard guard) {
    return client.putObject(
        request.toBuilder()
            .overrideConfiguration(configuration(request.overrideConfiguration(), guard))
            .build(),
        body);
  }

  <T> CompletableFuture<T> getObject(
      GetObjectRequest request,
      AsyncResponseTransformer<GetObjectResponse, T> transformer,
      RequestGuard guard) {
    return client.getObject(
        request.toBuilder().overrideConfiguration(configuration(Optional.empty(), guard)).build(),
        transformer);
  }

  private AwsRequestOverrideConfiguration configuration(
      Optional<AwsRequestOverrideConfiguration> customized, RequestGuard guard) {
    // A user's part of a request may undo what the client is configured for.
    return needsPlugin || customized.isPresent()
        ? new SingleAttempt(guard).addTo(customized)
        : RequestGuards.configuration(guard);
  }

  private static boolean isMadeHere(S3AsyncClient client) {
    try {
      return client
          .serviceClientConfiguration()
          .overrideConfiguration()
          .executionInterceptors()
          .stream()
          .anyMatch(RequestGuards.class::isInstance);
    } catch (UnsupportedOperationException e) {
      // A client of someone's own making need not tell.
      return false;
    }
  }
}
