package io.github.externalstorage.s3.internal.requests;

import io.github.externalstorage.internal.futures.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.S3Response;

/**
 * Prevents a request from accepting the response to another request. For one request; thread-safe.
 *
 * <p>By default, the AWS SDK waits for a {@code 100 Continue} before it sends a body. If a server
 * sends two of them, the second stays on the connection, and the next request on that connection
 * takes it for its own response before it has sent its body. If a server sends none, the request
 * hangs. So the header {@code Expect} is removed.
 */
public final class RequestGuard implements ExecutionInterceptor {

  private static final String EXPECT = "Expect";

  /** AWS SDK clients before 2.31 send this header to request an MD5 trailer, which they verify. */
  private static final String TRANSFER_ENCODING = "x-amz-te";

  private static final int FIRST_FINAL_STATUS = 200;

  private final S3Call call;
  private final Predicate<SdkHttpResponse> isOwnResponse;
  private volatile boolean hasAccepted;

  /**
   * @param call the operation that the request belongs to
   * @param isOwnResponse whether a response can belong to this request
   */
  public RequestGuard(S3Call call, Predicate<SdkHttpResponse> isOwnResponse) {
    this.call = call;
    this.isOwnResponse = isOwnResponse;
  }

  /** Whether a response was checked. */
  boolean hasAccepted() {
    return hasAccepted;
  }

  /** Fails if the response was not checked, because the client dropped this interceptor. */
  <T extends S3Response> CompletableFuture<T> requireChecked(CompletableFuture<T> request) {
    return Futures.map(
        request,
        response -> {
          if (response.sdkHttpResponse() != null && !hasAccepted) {
            throw call.failure(S3Fault.UNGUARDED);
          }
          return response;
        });
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof CreateMultipartUploadRequest) {
      throw call.failure(S3Fault.SPLIT);
    }
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
    SdkHttpRequest request = context.httpRequest();
    return request.firstMatchingHeader(EXPECT).isEmpty()
            && request.firstMatchingHeader(TRANSFER_ENCODING).isEmpty()
        ? request
        : request.toBuilder().removeHeader(EXPECT).removeHeader(TRANSFER_ENCODING).build();
  }

  /** Throwing makes the client close the connection, which discards whatever else arrives on it. */
  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    SdkHttpResponse response = context.httpResponse();
    if (response.statusCode() < FIRST_FINAL_STATUS || !isOwnResponse.test(response)) {
      throw call.failure(S3Fault.MISMATCHED_RESPONSE);
    }
    hasAccepted = true;
  }
}
