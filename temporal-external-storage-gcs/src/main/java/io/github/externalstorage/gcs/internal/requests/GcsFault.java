package io.github.externalstorage.gcs.internal.requests;

import com.google.common.base.Ascii;
import io.github.externalstorage.driver.StorageException.Reason;

/**
 * The kinds of failures, and what each means for callers. The reasons are those in "HTTP status and
 * error codes for JSON" of the Cloud Storage documentation.
 */
public enum GcsFault {
  UNREACHABLE(
      Reason.UNAVAILABLE,
      true,
      "Google Cloud Storage could not be reached, or the connection broke; check the endpoint and the"
          + " network"),
  STALLED(
      Reason.UNAVAILABLE,
      true,
      "the request stalled or was too slow, so it was aborted; check the network, and the source of"
          + " the credentials, or raise the driver's stallTimeout"),
  BUSY(Reason.UNAVAILABLE, true, "Google Cloud Storage can't serve the request now"),
  INCOMPLETE(
      Reason.UNAVAILABLE,
      true,
      "Google Cloud Storage rejected the object because it arrived incomplete or changed"),
  MISMATCHED_RESPONSE(
      Reason.UNAVAILABLE,
      true,
      "the response does not confirm the request: it came too early, or belongs to another request;"
          + " check the proxies between this process and the endpoint"),
  NO_SUCH_OBJECT(
      Reason.NOT_FOUND,
      true,
      "the object does not exist; it was deleted, perhaps by a lifecycle rule"),
  NO_SUCH_BUCKET(
      Reason.MISCONFIGURED,
      false,
      "the bucket does not exist; create it, or correct its name or the endpoint"),
  DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need storage.objects.create and storage.objects.delete to"
          + " store (an equal payload is written again) and storage.objects.get to retrieve. Without"
          + " storage.objects.list, the same error stands for an object that does not exist"),
  LIST_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need storage.objects.list on the bucket to list its objects"),
  DELETE_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need storage.objects.delete to delete, and"
          + " storage.objects.get to determine whether the object can be restored"),
  RESTORE_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need storage.objects.get and storage.objects.create to"
          + " restore, and for soft-deleted objects also storage.objects.restore"),
  SETTINGS_DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access is denied; the credentials need storage.buckets.get to read the lifecycle rules and the"
          + " versioning of the bucket"),
  NOT_RESTORABLE(
      Reason.NOT_FOUND,
      false,
      "the object can't be restored: the bucket has neither a noncurrent version nor a soft-deleted"
          + " object of this generation, or no longer"),
  RETAINED(
      Reason.ACCESS_DENIED,
      false,
      "the object exists and may not be written or deleted because of a retention policy or a hold; use a"
          + " bucket without them"),
  CREDENTIALS_REJECTED(
      Reason.ACCESS_DENIED,
      true,
      "Google Cloud Storage does not accept the credentials, which are being refreshed; check that"
          + " they have the scope devstorage.read_write or cloud-platform, and this machine's clock"),
  NO_CREDENTIALS(
      Reason.ACCESS_DENIED,
      false,
      "the credentials could not provide an access token; see the cause"),
  CREDENTIALS_UNREACHABLE(
      Reason.UNAVAILABLE,
      true,
      "the credentials could not provide an access token now; check the network to the token or"
          + " metadata server"),
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
  NOT_GCS(
      Reason.MISCONFIGURED,
      false,
      "the endpoint redirects, so it is not that of the Google Cloud Storage JSON API; correct it"),
  REQUEST_REJECTED(
      Reason.MISCONFIGURED,
      false,
      "Google Cloud Storage rejected the request; see the reason and message"),
  CLIENT_FAILED(
      Reason.MISCONFIGURED, false, "the HTTP client could not send the request; see the cause");

  private final Reason reason;
  private final boolean retryable;
  private final String remedy;

  GcsFault(Reason reason, boolean retryable, String remedy) {
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

  /** A description of the failure and its remedy. */
  String remedy() {
    return remedy;
  }

  public static GcsFault of(GcsOperation operation, GcsError error) {
    return switch (error.reason()) {
      case "rateLimitExceeded", "userRateLimitExceeded", "backendError", "internalError" -> BUSY;
      case "retentionPolicyNotMet", "objectUnderActiveHold" -> RETAINED;
      default -> ofStatus(operation, error);
    };
  }

  private static GcsFault ofStatus(GcsOperation operation, GcsError error) {
    String message = Ascii.toLowerCase(error.message());
    int status = error.status();
    return switch (status) {
      case 400 ->
          message.contains("crc32c") || message.contains("md5") ? INCOMPLETE : REQUEST_REJECTED;
      case 401 -> CREDENTIALS_REJECTED;
      case 403 ->
          switch (operation) {
            case STORE, RETRIEVE, DESCRIBE -> DENIED;
            case LIST -> LIST_DENIED;
            case DELETE -> DELETE_DENIED;
            case RESTORE -> RESTORE_DENIED;
            case READ_SETTINGS -> SETTINGS_DENIED;
          };
      case 404 ->
          operation == GcsOperation.STORE
                  || operation == GcsOperation.LIST
                  || operation == GcsOperation.READ_SETTINGS
                  || message.contains("bucket does not exist")
              ? NO_SUCH_BUCKET
              : NO_SUCH_OBJECT;
      case 408, 425, 429 -> BUSY;
      case 413 -> TOO_LARGE;
      case 501 -> REQUEST_REJECTED;
      default -> {
        if (status < 300) {
          yield MISMATCHED_RESPONSE;
        }
        yield status < 400 ? NOT_GCS : status < 500 ? REQUEST_REJECTED : BUSY;
      }
    };
  }
}
