package io.github.externalstorage.s3;

import com.google.common.base.Strings;
import io.github.externalstorage.driver.StorageException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The ways in which S3 fails, with what they mean to callers. Codes are those of "Error responses"
 * in the Amazon S3 API reference; S3-compatible servers use the same, or only a status.
 */
enum S3Fault {
  UNREACHABLE(
      Reason.UNAVAILABLE,
      true,
      "S3 could not be reached or did not answer in time; check the endpoint and the network"),
  NO_CONNECTION(
      Reason.UNAVAILABLE,
      true,
      "all connections of the S3 client were in use for too long; raise the client's"
          + " maxConcurrency, or lower the storage's maxConcurrentOperations"),
  STALLED(
      Reason.UNAVAILABLE,
      true,
      "the request stood still or crawled and was given up; check the network and the load of S3, or"
          + " raise the driver's stallTimeout"),
  BUSY(Reason.UNAVAILABLE, true, "S3 can't serve the request now"),
  INCOMPLETE(
      Reason.UNAVAILABLE, true, "the object did not reach S3 whole and unchanged; S3 refused it"),
  ANSWER_OF_ANOTHER(
      Reason.UNAVAILABLE,
      true,
      "the answer is not that of this request; a server or proxy in between mixes up the answers on"
          + " a connection, which was closed"),
  FULL(Reason.UNAVAILABLE, false, "the storage is full; make room or add some"),
  ARCHIVED(
      Reason.UNAVAILABLE,
      false,
      "the object is in an archive; restore it, and let no lifecycle rule archive payloads that"
          + " workflows still need"),
  NO_SUCH_OBJECT(
      Reason.NOT_FOUND,
      true,
      "the object does not exist; it was deleted, perhaps by a lifecycle rule, or is not"
          + " replicated yet"),
  NO_SUCH_BUCKET(
      Reason.MISCONFIGURED,
      false,
      "the bucket does not exist; create it, or correct its name or the endpoint"),
  WRONG_REGION(
      Reason.MISCONFIGURED,
      false,
      "the bucket is in another region; build the client for the bucket's region"),
  DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need s3:PutObject to store and s3:GetObject to retrieve,"
          + " with KMS also kms:GenerateDataKey and kms:Decrypt. Without s3:ListBucket, S3 answers"
          + " the same for an object that does not exist"),
  CREDENTIALS_REFUSED(
      Reason.ACCESS_DENIED,
      false,
      "S3 does not accept the credentials; check the access key and its secret"),
  CREDENTIALS_EXPIRED(
      Reason.ACCESS_DENIED,
      true,
      "the credentials have expired; the client's credentials provider must renew them"),
  NO_CREDENTIALS(
      Reason.ACCESS_DENIED,
      false,
      "the S3 client found no credentials; set a credentials provider on the client, or the AWS"
          + " environment variables, profile or role that it looks for"),
  KMS_REFUSED(
      Reason.ACCESS_DENIED,
      false,
      "KMS refuses the key that the object is encrypted with; check its state and its policy"),
  CLOCK_SKEWED(
      Reason.MISCONFIGURED,
      true,
      "this machine's clock and that of S3 differ too much; synchronize it"),
  UNTRUSTED(
      Reason.MISCONFIGURED,
      false,
      "the certificate at the endpoint is not trusted; check the endpoint and the trust store"),
  TOO_LARGE(
      Reason.TOO_LARGE,
      false,
      "the object is larger than allowed; raise the driver's maxPayloadSize, or the server's limit"),
  CHANGED(
      Reason.CORRUPTED,
      true,
      "integrity check failed: the object's SHA-256 is not the claim's, so it was changed or"
          + " damaged"),
  UNPARSABLE(
      Reason.CORRUPTED, false, "the object is not a payload, although its SHA-256 is the claim's"),
  SPLIT(
      Reason.MISCONFIGURED,
      false,
      "the client splits the object into parts, which leaves S3 no SHA-256 to verify; build the"
          + " client that it wraps without multipartEnabled"),
  REQUEST_REFUSED(
      Reason.MISCONFIGURED, false, "S3 rejects the request as it is; see its code and message"),
  CLIENT_CLOSED(
      Reason.MISCONFIGURED,
      false,
      "the S3 client is closed; close it only after the workers and clients that use it"),
  CLIENT_FAILED(
      Reason.MISCONFIGURED, false, "the S3 client could not make the request; see the cause");

  private final Reason reason;
  private final boolean retryable;
  private final String remedy;

  S3Fault(Reason reason, boolean retryable, String remedy) {
    this.reason = reason;
    this.retryable = retryable;
    this.remedy = remedy;
  }

  Reason reason() {
    return reason;
  }

  boolean isRetryable() {
    return retryable;
  }

  /** What happened and what to do, for people. */
  String remedy() {
    return remedy;
  }

  static S3Fault of(S3Operation operation, AwsServiceException answer) {
    String code = code(answer);
    return switch (code) {
      case "NoSuchKey" -> NO_SUCH_OBJECT;
      case "NoSuchBucket", "NoSuchAccessPoint", "NoSuchMultiRegionAccessPoint" -> NO_SUCH_BUCKET;
      case "PermanentRedirect", "TemporaryRedirect", "AuthorizationHeaderMalformed" -> WRONG_REGION;
      case "RequestTimeout",
          "RequestTimeoutException",
          "OperationAborted",
          "ConditionalRequestConflict" ->
          BUSY;
      case "BadDigest", "IncompleteBody", "XAmzContentSHA256Mismatch", "ClientDisconnected" ->
          INCOMPLETE;
      case "InvalidObjectState" -> ARCHIVED;
      case "ExpiredToken", "TokenRefreshRequired" -> CREDENTIALS_EXPIRED;
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" -> CREDENTIALS_REFUSED;
      case "RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired" -> CLOCK_SKEWED;
      case "EntityTooLarge" -> TOO_LARGE;
      default -> code.startsWith("KMS.") ? KMS_REFUSED : ofStatus(operation, answer);
    };
  }

  /** S3's code for what went wrong; empty if it gave none. */
  static String code(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null ? "" : Strings.nullToEmpty(details.errorCode());
  }

  /** S3's own words for what went wrong; empty if it gave none. */
  static String message(AwsServiceException answer) {
    AwsErrorDetails details = answer.awsErrorDetails();
    return details == null ? "" : Strings.nullToEmpty(details.errorMessage());
  }

  private static S3Fault ofStatus(S3Operation operation, AwsServiceException answer) {
    int status = answer.statusCode();
    if (answer.isThrottlingException() || status == 429 || status == 408) {
      return BUSY;
    }
    return switch (status) {
      case 301, 302, 307, 308 -> WRONG_REGION;
      case 401, 403 -> DENIED;
      case 404 -> operation.notFound();
      case 413 -> TOO_LARGE;
      case 499 -> INCOMPLETE;
      case 501 -> REQUEST_REFUSED;
      case 507 -> FULL;
      case 100, 101, 102, 103 -> ANSWER_OF_ANOTHER;
      default -> status >= 500 ? BUSY : REQUEST_REFUSED;
    };
  }
}
