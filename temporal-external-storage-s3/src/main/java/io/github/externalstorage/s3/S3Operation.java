package io.github.externalstorage.s3;

import java.util.Locale;

/** The operations of a driver, as they appear in error messages. */
enum S3Operation {
  STORE(S3Fault.NO_SUCH_BUCKET),
  RETRIEVE(S3Fault.NO_SUCH_OBJECT),
  DESCRIBE(S3Fault.NO_SUCH_OBJECT);

  private final S3Fault notFound;

  S3Operation(S3Fault notFound) {
    this.notFound = notFound;
  }

  /** The failure that a 404 without an error code means. */
  S3Fault notFound() {
    return notFound;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
