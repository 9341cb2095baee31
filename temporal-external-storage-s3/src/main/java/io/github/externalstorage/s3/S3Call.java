package io.github.externalstorage.s3;

import com.google.common.base.Ascii;
import com.google.common.base.Strings;
import com.google.common.base.Throwables;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.text.Quoted;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What is being done, to which object and where, and the errors that may come of it.
 *
 * @param operation what is being done
 * @param object the object, with the bucket that it is in now
 * @param client where the client sends its requests
 */
record S3Call(S3Operation operation, S3Claim object, S3ClientLocation client) {

  private static final String BUCKET_REGION = "x-amz-bucket-region";

  /** The failure of a request in the terms of storage drivers; what is not one stays as it is. */
  Throwable translate(Throwable failure) {
    List<Throwable> causes = Throwables.getCausalChain(failure);
    for (Throwable cause : causes) {
      if (cause instanceof StorageException
          || cause instanceof CancellationException
          || cause instanceof Error) {
        return cause;
      }
      if (cause instanceof AwsServiceException answer) {
        return failure(faultOf(answer), details(answer), answer);
      }
    }
    return isForLackOfConnections(failure)
        ? failure(S3Fault.NO_CONNECTION, "", failure)
        : failure(faultOfClient(causes), details(causes.get(causes.size() - 1)), failure);
  }

  /** The client's connections were all in use for longer than it lets a request wait for one. */
  static boolean isForLackOfConnections(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .map(Throwable::getMessage)
        .anyMatch(
            message ->
                message != null
                    && (message.contains("Acquire operation took longer")
                        || message.contains("Maximum pending connection acquisitions exceeded")));
  }

  StorageException failure(S3Fault fault) {
    return failure(fault, "", null);
  }

  /** The object is larger than may be read. */
  StorageException tooLarge(long size, int maxSize) {
    return failure(S3Fault.TOO_LARGE, ", size=" + size + ", maxPayloadSize=" + maxSize, null);
  }

  private StorageException failure(S3Fault fault, String details, @Nullable Throwable cause) {
    return new StorageException(
        fault.reason(),
        fault.isRetryable(),
        "S3 %s failed [bucket=%s, key=%s, %s%s, retryable=%s]: %s"
            .formatted(
                operation,
                object.bucket(),
                object.key(),
                client,
                details,
                fault.isRetryable(),
                fault.remedy()),
        cause);
  }

  private static String details(AwsServiceException answer) {
    StringBuilder details = new StringBuilder(", status=").append(answer.statusCode());
    append(details, "code", S3Fault.code(answer));
    append(details, "requestId", answer.requestId());
    // Of an error's answer only the message: other parts echo the request, credentials included.
    append(details, "message", S3Fault.message(answer));
    if (answer.awsErrorDetails() != null && answer.awsErrorDetails().sdkHttpResponse() != null) {
      answer
          .awsErrorDetails()
          .sdkHttpResponse()
          .firstMatchingHeader(BUCKET_REGION)
          .ifPresent(region -> append(details, "bucketRegion", region));
    }
    return details.toString();
  }

  /** The root cause's own words: Temporal's UI and CLI show no causes. */
  private static String details(Throwable rootCause) {
    StringBuilder details = new StringBuilder();
    String message = rootCause.getMessage();
    String name = rootCause.getClass().getSimpleName();
    append(details, "cause", message == null ? name : name + ": " + message);
    return details.toString();
  }

  private static void append(StringBuilder details, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      details.append(", ").append(name).append('=').append(Quoted.of(value));
    }
  }

  /** Clients ask other services for credentials, and their answers are not about the object. */
  private S3Fault faultOf(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return answer instanceof S3Exception || details == null || "S3".equals(details.serviceName())
        ? S3Fault.of(operation, answer)
        : S3Fault.NO_CREDENTIALS;
  }

  private static S3Fault faultOfClient(List<Throwable> causes) {
    if (causes.stream().anyMatch(S3Call::isAboutCredentials)) {
      return S3Fault.NO_CREDENTIALS;
    }
    if (causes.stream().anyMatch(S3Call::isOfClosedClient)) {
      return S3Fault.CLIENT_CLOSED;
    }
    if (causes.stream().anyMatch(GeneralSecurityException.class::isInstance)) {
      return S3Fault.UNTRUSTED;
    }
    Predicate<Throwable> isOnTheWay =
        cause ->
            cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof ApiCallTimeoutException
                || cause instanceof ApiCallAttemptTimeoutException
                || isOfNetty(cause);
    return causes.stream().anyMatch(isOnTheWay) ? S3Fault.UNREACHABLE : S3Fault.CLIENT_FAILED;
  }

  /**
   * That an answer stops short, for one: the AWS SDK before 2.31 makes no IOException of it. By
   * name, since not every client is on Netty.
   */
  private static boolean isOfNetty(Throwable cause) {
    return cause.getClass().getName().startsWith("io.netty.");
  }

  /** The AWS SDK has no type for these two. */
  private static boolean isAboutCredentials(Throwable cause) {
    return cause instanceof SdkClientException
        && Ascii.toLowerCase(Strings.nullToEmpty(cause.getMessage())).contains("load credentials");
  }

  private static boolean isOfClosedClient(Throwable cause) {
    String message = Ascii.toLowerCase(Strings.nullToEmpty(cause.getMessage()));
    return cause instanceof RejectedExecutionException
        || (cause instanceof IllegalStateException
            && (message.contains("closed") || message.contains("shut down")));
  }
}
