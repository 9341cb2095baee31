package io.github.externalstorage.s3.internal.requests;

import com.google.common.base.Strings;
import io.github.externalstorage.driver.StorageException.Reason;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * The kinds of S3 failures, and what each means for callers. The codes are those in "Error
 * responses" of the Amazon S3 API reference; S3-compatible servers use the same codes, or only an
 * HTTP status.
 */
public enum S3Fault {
  UNREACHABLE(
      Reason.UNAVAILABLE,
      true,
      "S3 could not be reached or did not respond in time; check the endpoint and the network"),
  NO_CONNECTION(
      Reason.UNAVAILABLE,
      true,
      "all connections of the S3 client were in use for too long; raise the client's"
          + " maxConcurrency or lower the storage's maxConcurrentOperations"),
  STALLED(
      Reason.UNAVAILABLE,
      true,
      "the request stalled or was too slow, so it was aborted; check the network and the load of S3, or"
          + " raise the driver's stallTimeout"),
  BUSY(Reason.UNAVAILABLE, true, "S3 can't serve the request now"),
  INCOMPLETE(
      Reason.UNAVAILABLE, true, "S3 rejected the object because it arrived incomplete or changed"),
  MISMATCHED_RESPONSE(
      Reason.UNAVAILABLE,
      true,
      "the response belongs to another request; a server or proxy mixes up the responses on a"
          + " connection, which was closed"),
  UNREADABLE(
      Reason.UNAVAILABLE,
      true,
      "the response is incomplete or not what S3 responds; check the endpoint and the proxies in between"),
  NOT_RESTORABLE(
      Reason.NOT_FOUND,
      false,
      "the object can't be restored: its delete marker is no longer the latest version, or its former"
          + " versions were deleted, perhaps by a lifecycle rule"),
  FULL(Reason.UNAVAILABLE, false, "the storage is full; free space or add some"),
  ARCHIVED(
      Reason.UNAVAILABLE,
      false,
      "the object is archived; restore it, and make sure that no lifecycle rule archives payloads that"
          + " workflows still need"),
  NO_SUCH_OBJECT(
      Reason.NOT_FOUND,
      true,
      "the object does not exist; it was deleted, perhaps by a lifecycle rule, or it is not"
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
      "access is denied; the credentials need s3:PutObject to store and s3:GetObject to retrieve, and"
          + " with KMS also kms:GenerateDataKey and kms:Decrypt. Without s3:ListBucket, S3 returns"
          + " the same error for an object that does not exist"),
  LIST_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need s3:ListBucket on the bucket to list its objects"),
  DELETE_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need s3:DeleteObject to delete, and s3:GetObject to check"
          + " that the object is unchanged"),
  LIST_VERSIONS_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the bucket is versioned, so the credentials need s3:ListBucketVersions on the"
          + " bucket to delete and to restore"),
  RESTORE_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need s3:DeleteObjectVersion to remove the object's delete"
          + " marker, which still hides the object"),
  SETTINGS_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need s3:GetLifecycleConfiguration, and"
          + " s3:GetBucketVersioning, to read the settings of the bucket"),
  CREDENTIALS_REJECTED(
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
  KMS_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "KMS denies access to the key that the object is encrypted with; check the key's state and policy"),
  CLOCK_SKEWED(
      Reason.MISCONFIGURED,
      true,
      "this machine's clock differs too much from that of S3; synchronize it"),
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
      "integrity check failed: the object's SHA-256 does not match the claim, so it was changed or"
          + " damaged"),
  UNPARSABLE(
      Reason.CORRUPTED,
      false,
      "the object is not a payload, although its SHA-256 matches the claim"),
  UNGUARDED(
      Reason.MISCONFIGURED,
      false,
      "the response could not be checked, because the client replaced the request's"
          + " overrideConfiguration, so the object may not be stored or deleted; a client that wraps"
          + " another one must keep or extend the overrideConfiguration"),
  SPLIT(
      Reason.MISCONFIGURED,
      false,
      "the client uploads the object in parts, so S3 can't verify its SHA-256; build the wrapped"
          + " client without multipartEnabled"),
  REQUEST_REJECTED(
      Reason.MISCONFIGURED, false, "S3 rejected the request; see the code and message"),
  CLIENT_CLOSED(
      Reason.MISCONFIGURED,
      false,
      "the S3 client is closed; close it after the workers and clients that use it"),
  CLIENT_FAILED(
      Reason.MISCONFIGURED, false, "the S3 client could not send the request; see the cause");

  private final Reason reason;
  private final boolean retryable;
  private final String remedy;

  S3Fault(Reason reason, boolean retryable, String remedy) {
    this.reason = reason;
    this.retryable = retryable;
    this.remedy = remedy;
  }

  public Reason reason() {
    return reason;
  }

  public boolean isRetryable() {
    return retryable;
  }

  /** A description of the failure and its remedy. */
  public String remedy() {
    return remedy;
  }

  public static S3Fault of(S3Operation operation, AwsServiceException error) {
    String code = code(error);
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
      case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken" -> CREDENTIALS_REJECTED;
      case "RequestTimeTooSkewed", "RequestInTheFuture", "RequestExpired" -> CLOCK_SKEWED;
      case "EntityTooLarge" -> TOO_LARGE;
      default -> code.startsWith("KMS.") ? KMS_DENIED : ofStatus(operation, error);
    };
  }

  /** The error code of S3; empty if there is none. */
  public static String code(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    return details == null ? "" : Strings.nullToEmpty(details.errorCode());
  }

  /** The error message of S3; empty if there is none. */
  public static String message(AwsServiceException error) {
    AwsErrorDetails details = error.awsErrorDetails();
    return details == null ? "" : Strings.nullToEmpty(details.errorMessage());
  }

  private static S3Fault ofStatus(S3Operation operation, AwsServiceException error) {
    int status = error.statusCode();
    if (error.isThrottlingException() || status == 429 || status == 408) {
      return BUSY;
    }
    return switch (status) {
      case 301, 302, 307, 308 -> WRONG_REGION;
      case 401, 403 -> operation.denied();
      case 404 -> operation.notFound();
      case 413 -> TOO_LARGE;
      case 499 -> INCOMPLETE;
      case 501 -> REQUEST_REJECTED;
      case 507 -> FULL;
      case 100, 101, 102, 103 -> MISMATCHED_RESPONSE;
      default -> status >= 500 ? BUSY : REQUEST_REJECTED;
    };
  }
}
