package io.github.externalstorage.s3.internal.requests;

import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/**
 * Installed in the clients that {@link io.github.externalstorage.s3.S3StorageClientBuilder} builds.
 * Each request then only carries its {@link RequestGuard} as an attribute and needs no client
 * configuration of its own.
 */
public final class RequestGuards implements ExecutionInterceptor {

  private static final ExecutionAttribute<RequestGuard> GUARD =
      new ExecutionAttribute<>("io.github.externalstorage.s3.RequestGuard");

  static boolean areInstalledIn(S3AsyncClient client) {
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

  /** Returns the configuration of a request with this guard, for a client with this interceptor. */
  static AwsRequestOverrideConfiguration configuration(RequestGuard guard) {
    return AwsRequestOverrideConfiguration.builder().putExecutionAttribute(GUARD, guard).build();
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    RequestGuard guard = attributes.getAttribute(GUARD);
    return guard == null ? context.httpRequest() : guard.modifyHttpRequest(context, attributes);
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    attributes
        .getOptionalAttribute(GUARD)
        .ifPresent(guard -> guard.afterTransmission(context, attributes));
  }
}
