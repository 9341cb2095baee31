package io.github.externalstorage.gcs.internal.requests;

import io.github.externalstorage.driver.StorageException;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse.ResponseInfo;

/**
 * A response that the driver reacts to.
 *
 * @param call what was requested
 * @param body the body, or as much of it as was read
 */
public record GcsResponse(GcsCall call, int status, HttpHeaders headers, String body) {

  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;

  GcsResponse(GcsCall call, ResponseInfo response, String body) {
    this(call, response.statusCode(), response.headers(), body);
  }

  static boolean isExpected(int status) {
    return status == 200 || status == 204 || status == NOT_FOUND || status == PRECONDITION_FAILED;
  }

  public boolean isSuccess() {
    return status < 300;
  }

  /** Whether the object exists in another generation than the request requires. */
  public boolean isPreconditionFailed() {
    return status == PRECONDITION_FAILED;
  }

  /**
   * Whether the object does not exist.
   *
   * @throws StorageException if it is the bucket that does not exist
   */
  public boolean isObjectMissing() {
    if (status != NOT_FOUND) {
      return false;
    }
    GcsError error = GcsError.of(status, headers, body);
    if (GcsFault.of(call.operation(), error) != GcsFault.NO_SUCH_OBJECT) {
      throw call.failure(error);
    }
    return true;
  }
}
