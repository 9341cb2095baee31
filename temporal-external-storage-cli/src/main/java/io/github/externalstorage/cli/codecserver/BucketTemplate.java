package io.github.externalstorage.cli.codecserver;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a bucket, in which <code>{namespace}</code> stands for the namespace. The result is a
 * valid bucket name whatever the namespace is called, never a path or another host.
 */
record BucketTemplate(String text) {

  private static final String PLACEHOLDER = "{namespace}";

  /** The rules for general purpose buckets in the Amazon S3 user guide. */
  private static final Pattern BUCKET =
      Pattern.compile("(?!.*\\.\\.)(?!\\d+\\.\\d+\\.\\d+\\.\\d+$)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  private static final Pattern ACCESS_POINT =
      Pattern.compile("arn:aws[a-z-]*:s3[a-z-]*:[a-z0-9-]*:[0-9]*:accesspoint[:/][a-zA-Z0-9.-]+");

  static BucketTemplate parse(String text) {
    BucketTemplate template = new BucketTemplate(text);
    if (template.resolve("any").isEmpty()) {
      throw new IllegalArgumentException(
          "must be a bucket name (3 to 63 of a-z, 0-9, '-' and '.') or an access point's ARN; "
              + PLACEHOLDER
              + " in it stands for the namespace");
    }
    return template;
  }

  /** Whether namespaces have different buckets. */
  boolean isTemplate() {
    return text.contains(PLACEHOLDER);
  }

  /** A namespace's bucket; empty if that is not a valid bucket name. */
  Optional<String> resolve(String namespace) {
    String bucket = text.replace(PLACEHOLDER, namespace);
    return BUCKET.matcher(bucket).matches() || ACCESS_POINT.matcher(bucket).matches()
        ? Optional.of(bucket)
        : Optional.empty();
  }
}
