package io.github.externalstorage.s3;

import java.util.function.Predicate;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;

/**
 * Keeps one request from taking another answer for its own.
 *
 * <p>The AWS SDK asks for a {@code 100 Continue} before it sends a body. A server that sends two
 * leaves an answer behind on the connection, which the next request there takes for its own,
 * without having sent its body; a server that sends none lets the request stand still.
 *
 * @param call what the request is for
 * @param isOwnAnswer whether an answer can be the one to this request
 */
record RequestGuard(S3Call call, Predicate<SdkHttpResponse> isOwnAnswer)
    implements ExecutionInterceptor {

  private static final String EXPECT = "Expect";

  /** With which clients of the AWS SDK before 2.31 ask for an MD5, to compare it with another. */
  private static final String TRANSFER_ENCODING = "x-amz-te";

  private static final int FIRST_FINAL_STATUS = 200;

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

  /** An exception makes the client close the connection, with all that may still arrive on it. */
  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes attributes) {
    SdkHttpResponse answer = context.httpResponse();
    if (answer.statusCode() < FIRST_FINAL_STATUS || !isOwnAnswer.test(answer)) {
      throw call.failure(S3Fault.ANSWER_OF_ANOTHER);
    }
  }
}
