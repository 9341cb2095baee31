package io.github.externalstorage.s3.internal.requests;

import java.util.Locale;

/** The operations of a driver, as they appear in error messages. */
public enum S3Operation {
  STORE(S3Fault.NO_SUCH_BUCKET, S3Fault.DENIED),
  RETRIEVE(S3Fault.NO_SUCH_OBJECT, S3Fault.DENIED),
  DESCRIBE(S3Fault.NO_SUCH_OBJECT, S3Fault.DENIED),
  LIST(S3Fault.NO_SUCH_BUCKET, S3Fault.LIST_DENIED),
  DELETE(S3Fault.NO_SUCH_OBJECT, S3Fault.DELETE_DENIED),
  LIST_VERSIONS(S3Fault.NO_SUCH_BUCKET, S3Fault.LIST_VERSIONS_DENIED),
  RESTORE(S3Fault.NO_SUCH_OBJECT, S3Fault.RESTORE_DENIED),
  READ_SETTINGS(S3Fault.NO_SUCH_BUCKET, S3Fault.SETTINGS_DENIED);

  private final S3Fault notFound;
  private final S3Fault denied;

  S3Operation(S3Fault notFound, S3Fault denied) {
    this.notFound = notFound;
    this.denied = denied;
  }

  /** The failure that a 404 without an error code means. */
  S3Fault notFound() {
    return notFound;
  }

  /** The failure that a missing permission means. */
  S3Fault denied() {
    return denied;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
