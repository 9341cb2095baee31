package io.github.externalstorage.s3.internal.requests;

import static java.util.Objects.requireNonNull;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * How S3 responded to a request: with what was requested, or with an error that the driver reacts
 * to. Immutable.
 */
public final class S3Outcome<T> {

  private final @Nullable T response;
  private final @Nullable StorageException failure;

  private S3Outcome(@Nullable T response, @Nullable StorageException failure) {
    this.response = response;
    this.failure = failure;
  }

  /**
   * The outcome of a request.
   *
   * @return a future that fails only if there was no response, or an error of another service
   */
  public static <T> CompletableFuture<S3Outcome<T>> of(CompletableFuture<T> request) {
    return Futures.recover(
        Futures.map(request, response -> new S3Outcome<>(response, null)),
        failure ->
            failure instanceof StorageException e && S3Call.response(e).isPresent()
                ? CompletableFuture.completedFuture(new S3Outcome<>(null, e))
                : CompletableFuture.failedFuture(failure));
  }

  public boolean isError() {
    return failure != null;
  }

  /** The response, if it is not an error. */
  public T response() {
    return requireNonNull(response);
  }

  /** The error as a failure, if it is one. */
  public StorageException failure() {
    return requireNonNull(failure);
  }

  /** The error response, if it is one. */
  public AwsServiceException error() {
    return S3Call.response(failure()).orElseThrow();
  }
}
