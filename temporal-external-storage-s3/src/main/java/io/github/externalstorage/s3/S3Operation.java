package io.github.externalstorage.s3;

import java.util.Locale;

/** What a driver does, as error messages name it. */
enum S3Operation {
  STORE(S3Fault.NO_SUCH_BUCKET),
  RETRIEVE(S3Fault.NO_SUCH_OBJECT);

  private final S3Fault notFound;

  S3Operation(S3Fault notFound) {
    this.notFound = notFound;
  }

  /** What is missing if S3 says no more than that something is. */
  S3Fault notFound() {
    return notFound;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
