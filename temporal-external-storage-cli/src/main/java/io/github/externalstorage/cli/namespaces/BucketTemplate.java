package io.github.externalstorage.cli.namespaces;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a bucket, in which <code>{namespace}</code> stands for the namespace. The result is a
 * valid bucket name whatever the namespace is called, never a path or another host.
 *
 * @param valid what bucket names look like
 */
record BucketTemplate(String text, Pattern valid) {

  private static final String PLACEHOLDER = "{namespace}";

  /**
   * The rules for general purpose buckets in the Amazon S3 user guide; or the ARN of an access
   * point.
   */
  private static final Pattern S3 =
      Pattern.compile(
          "(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]"
              + "|arn:aws[a-z-]*:s3[a-z-]*:[a-z0-9-]*:[0-9]*:accesspoint[:/][a-zA-Z0-9.-]+");

  /** The rules in the documentation of Google Cloud Storage. */
  private static final Pattern GCS =
      Pattern.compile(
          "(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");

  static BucketTemplate s3(String text) {
    return new BucketTemplate(text, S3)
        .require(
            "must be a bucket name (3 to 63 of a-z, 0-9, '-' and '.') or an access point's ARN");
  }

  static BucketTemplate gcs(String text) {
    return new BucketTemplate(text, GCS)
        .require("must be a bucket name (3 or more of a-z, 0-9, '-', '_' and '.')");
  }

  /** Whether namespaces have different buckets. */
  boolean isTemplate() {
    return text.contains(PLACEHOLDER);
  }

  /** A namespace's bucket; empty if that is not a valid bucket name. */
  Optional<String> resolve(String namespace) {
    String bucket = text.replace(PLACEHOLDER, namespace);
    return valid.matcher(bucket).matches() ? Optional.of(bucket) : Optional.empty();
  }

  private BucketTemplate require(String rule) {
    if (resolve("any").isEmpty()) {
      throw new IllegalArgumentException(
          rule + "; " + PLACEHOLDER + " in it stands for the namespace");
    }
    return this;
  }
}
