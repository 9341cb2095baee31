package io.github.externalstorage.s3.internal.requests;

import com.google.common.base.Ascii;
import com.google.common.base.CharMatcher;
import com.google.common.base.Strings;
import com.google.common.base.Throwables;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.objects.DeniedOrMissing;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.internal.text.FailureDetails;
import io.github.externalstorage.internal.text.Quoted;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
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
 * An operation on an object, and the translation of its failures into {@link StorageException}s.
 *
 * @param operation the operation
 * @param bucket the bucket that the object is in now
 * @param key the object's key; the beginning of all keys if objects are listed
 * @param client where the client sends its requests
 */
public record S3Call(S3Operation operation, String bucket, String key, S3ClientLocation client) {

  private static final String BUCKET_REGION = "x-amz-bucket-region";
  private static final CharMatcher PRINTABLE = CharMatcher.inRange('!', '~');

  public S3Call(S3Operation operation, ObjectClaim object, S3ClientLocation client) {
    this(operation, object.bucket(), object.key().getValue(), client);
  }

  /**
   * Translates the failure of a request into a {@link StorageException}. Cancellations, {@link
   * Error}s and exceptions that already are {@link StorageException}s are returned unchanged.
   */
  public Throwable translate(Throwable failure) {
    return translate(failure, false);
  }

  /**
   * Translates the failure of a request.
   *
   * @param hasDocument whether there was a response, which the client has to parse
   */
  public Throwable translate(Throwable failure, boolean hasDocument) {
    List<Throwable> causes = Throwables.getCausalChain(failure);
    for (Throwable cause : causes) {
      if (cause instanceof StorageException
          || cause instanceof CancellationException
          || cause instanceof Error) {
        return cause;
      }
      if (cause instanceof AwsServiceException error) {
        return failure(faultOf(error), details(error), error);
      }
    }
    if (isForLackOfConnections(failure)) {
      return failure(S3Fault.NO_CONNECTION, "", failure);
    }
    S3Fault fault = faultOfClient(causes);
    return failure(
        fault == S3Fault.CLIENT_FAILED && hasDocument ? S3Fault.UNREADABLE : fault,
        FailureDetails.ofCause(causes.get(causes.size() - 1)),
        failure);
  }

  /** The error response of S3 that led to a failure; empty if there was another cause. */
  public static Optional<AwsServiceException> response(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .filter(AwsServiceException.class::isInstance)
        .map(AwsServiceException.class::cast)
        .findFirst()
        .filter(S3Call::isOfS3);
  }

  /** Whether the request waited for a connection for longer than the client allows. */
  public static boolean isForLackOfConnections(Throwable failure) {
    return Throwables.getCausalChain(failure).stream()
        .map(Throwable::getMessage)
        .anyMatch(
            message ->
                message != null
                    && (message.contains("Acquire operation took longer")
                        || message.contains("Maximum pending connection acquisitions exceeded")));
  }

  public StorageException failure(S3Fault fault) {
    return failure(fault, "", null);
  }

  /** The failure of a read whose object is larger than allowed. */
  public StorageException tooLarge(long size, int maxSize) {
    return failure(S3Fault.TOO_LARGE, ", size=" + size + ", maxPayloadSize=" + maxSize, null);
  }

  private StorageException failure(S3Fault fault, String details, @Nullable Throwable cause) {
    return new StorageException(
        fault.reason(),
        fault.isRetryable(),
        "S3 %s failed [bucket=%s, key=%s, %s%s, retryable=%s]: %s"
            .formatted(
                operation,
                bucket,
                // A bucket may also contain other objects than those of the driver.
                PRINTABLE.matchesAllOf(key) ? key : Quoted.of(key),
                client,
                details,
                fault.isRetryable(),
                fault.remedy()),
        mayBeMissing(fault) ? new DeniedOrMissing(cause) : cause);
  }

  /** An object that is stored need not exist. */
  private boolean mayBeMissing(S3Fault fault) {
    return fault == S3Fault.DENIED && operation != S3Operation.STORE;
  }

  private static String details(AwsServiceException error) {
    return ", status="
        + error.statusCode()
        + FailureDetails.of("code", S3Fault.code(error))
        + FailureDetails.of("requestId", error.requestId())
        // Only the message: other parts of an error response echo the request, including
        // credentials.
        + FailureDetails.of("message", S3Fault.message(error))
        + FailureDetails.of("bucketRegion", bucketRegion(error));
  }

  private static @Nullable String bucketRegion(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    return details == null || details.sdkHttpResponse() == null
        ? null
        : details.sdkHttpResponse().firstMatchingHeader(BUCKET_REGION).orElse(null);
  }

  private S3Fault faultOf(AwsServiceException error) {
    return isOfS3(error) ? S3Fault.of(operation, error) : S3Fault.NO_CREDENTIALS;
  }

  /**
   * Clients also call other services to get credentials; an error from one of those is not about
   * the object.
   */
  private static boolean isOfS3(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    return error instanceof S3Exception || (details != null && "S3".equals(details.serviceName()));
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
   * Matches Netty's exceptions, for example when a response ends early: older versions of the AWS
   * SDK, such as 2.30.0, do not always turn them into an IOException. Compared by name, since not
   * every client uses Netty.
   */
  private static boolean isOfNetty(Throwable cause) {
    return cause.getClass().getName().startsWith("io.netty.");
  }

  /** The AWS SDK has no exception type for missing credentials, nor for a closed client. */
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
