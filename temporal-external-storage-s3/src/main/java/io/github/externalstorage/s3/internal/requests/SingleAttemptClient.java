package io.github.externalstorage.s3.internal.requests;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.DeleteObjectRequest;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationRequest;
import software.amazon.awssdk.services.s3.model.GetBucketLifecycleConfigurationResponse;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningRequest;
import software.amazon.awssdk.services.s3.model.GetBucketVersioningResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsRequest;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * Sends every request of the caller's client as a {@link SingleAttempt}. A client of {@link
 * io.github.externalstorage.s3.S3StorageClientBuilder} is already configured this way. It does not
 * need the plugin, which makes the AWS SDK create a complete client configuration for each request.
 */
public final class SingleAttemptClient {

  private final S3AsyncClient client;
  private final boolean needsPlugin;

  public SingleAttemptClient(S3AsyncClient client) {
    this.client = client;
    needsPlugin = !isFromOwnBuilder(client);
  }

  public CompletableFuture<PutObjectResponse> putObject(
      PutObjectRequest request, AsyncRequestBody body, RequestGuard guard) {
    return client.putObject(
        request.toBuilder()
            .overrideConfiguration(configuration(request.overrideConfiguration(), guard))
            .build(),
        body);
  }

  public <T> CompletableFuture<T> getObject(
      GetObjectRequest request,
      AsyncResponseTransformer<GetObjectResponse, T> transformer,
      RequestGuard guard) {
    return client.getObject(
        request.toBuilder().overrideConfiguration(configuration(guard)).build(), transformer);
  }

  public CompletableFuture<HeadObjectResponse> headObject(
      HeadObjectRequest request, RequestGuard guard) {
    return client.headObject(
        request.toBuilder().overrideConfiguration(configuration(guard)).build());
  }

  public CompletableFuture<ListObjectsV2Response> listObjects(
      ListObjectsV2Request request, RequestGuard guard) {
    return client.listObjectsV2(
        request.toBuilder().overrideConfiguration(configuration(guard)).build());
  }

  public CompletableFuture<ListObjectVersionsResponse> listVersions(
      ListObjectVersionsRequest request, RequestGuard guard) {
    return client.listObjectVersions(
        request.toBuilder().overrideConfiguration(configuration(guard)).build());
  }

  public CompletableFuture<DeleteObjectResponse> deleteObject(
      DeleteObjectRequest request, RequestGuard guard) {
    return client.deleteObject(
        request.toBuilder().overrideConfiguration(configuration(guard)).build());
  }

  public CompletableFuture<GetBucketLifecycleConfigurationResponse> getLifecycleConfiguration(
      GetBucketLifecycleConfigurationRequest request, RequestGuard guard) {
    return client.getBucketLifecycleConfiguration(
        request.toBuilder().overrideConfiguration(configuration(guard)).build());
  }

  public CompletableFuture<GetBucketVersioningResponse> getVersioning(
      GetBucketVersioningRequest request, RequestGuard guard) {
    return client.getBucketVersioning(
        request.toBuilder().overrideConfiguration(configuration(guard)).build());
  }

  private AwsRequestOverrideConfiguration configuration(RequestGuard guard) {
    return configuration(Optional.empty(), guard);
  }

  private AwsRequestOverrideConfiguration configuration(
      Optional<AwsRequestOverrideConfiguration> customized, RequestGuard guard) {
    // The user's customization of a request may override the client's configuration.
    return needsPlugin || customized.isPresent()
        ? new SingleAttempt(guard).addTo(customized)
        : RequestGuards.configuration(guard);
  }

  private static boolean isFromOwnBuilder(S3AsyncClient client) {
    try {
      return client
          .serviceClientConfiguration()
          .overrideConfiguration()
          .executionInterceptors()
          .stream()
          .anyMatch(RequestGuards.class::isInstance);
    } catch (UnsupportedOperationException e) {
      // Custom implementations of S3AsyncClient may not support this.
      return false;
    }
  }
}
