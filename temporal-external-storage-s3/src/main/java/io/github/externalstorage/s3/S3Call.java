package io.github.externalstorage.s3;

import com.google.common.base.Throwables;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.text.Quoted;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;

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
        return failure(S3Fault.of(operation, answer), details(answer), answer);
      }
    }
    return failure(faultOfClient(causes), "", failure);
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
        "S3 %s failed [bucket=%s, key=%s, %s%s]: %s"
            .formatted(operation, object.bucket(), object.key(), client, details, fault.remedy()),
        cause);
  }

  private static String details(AwsServiceException answer) {
    StringBuilder details = new StringBuilder(", status=").append(answer.statusCode());
    append(details, "code", S3Fault.code(answer));
    append(details, "requestId", answer.requestId());
    if (answer.awsErrorDetails() != null && answer.awsErrorDetails().sdkHttpResponse() != null) {
      answer
          .awsErrorDetails()
          .sdkHttpResponse()
          .firstMatchingHeader(BUCKET_REGION)
          .ifPresent(region -> append(details, "bucketRegion", region));
    }
    return details.toString();
  }

  private static void append(StringBuilder details, String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      details.append(", ").append(name).append('=').append(Quoted.of(value));
    }
  }

  private static S3Fault faultOfClient(List<Throwable> causes) {
    if (causes.stream().anyMatch(GeneralSecurityException.class::isInstance)) {
      return S3Fault.UNTRUSTED;
    }
    Predicate<Throwable> isOnTheWay =
        cause ->
            cause instanceof IOException
                || cause instanceof TimeoutException
                || cause instanceof ApiCallTimeoutException
                || cause instanceof ApiCallAttemptTimeoutException;
    return causes.stream().anyMatch(isOnTheWay) ? S3Fault.UNREACHABLE : S3Fault.CLIENT_FAILED;
  }
}
