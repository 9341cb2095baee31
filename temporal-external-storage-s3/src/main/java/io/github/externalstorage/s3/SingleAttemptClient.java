package io.github.externalstorage.s3;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.async.AsyncRequestBody;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * The caller's client, every request being a {@link SingleAttempt}.
 *
 * @param client the caller's
 */
record SingleAttemptClient(S3AsyncClient client) {

  CompletableFuture<PutObjectResponse> putObject(
      PutObjectRequest request, AsyncRequestBody body, RequestGuard guard) {
    return client.putObject(
        request.toBuilder()
            .overrideConfiguration(new SingleAttempt(guard).addTo(request.overrideConfiguration()))
            .build(),
        body);
  }

  <T> CompletableFuture<T> getObject(
      GetObjectRequest request,
      AsyncResponseTransformer<GetObjectResponse, T> transformer,
      RequestGuard guard) {
    return client.getObject(
        request.toBuilder()
            .overrideConfiguration(new SingleAttempt(guard).addTo(Optional.empty()))
            .build(),
        transformer);
  }
}
