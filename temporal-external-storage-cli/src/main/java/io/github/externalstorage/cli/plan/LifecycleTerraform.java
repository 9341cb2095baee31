package io.github.externalstorage.cli.plan;

/** Writes rules as Terraform resources. */
final class LifecycleTerraform {

  private LifecycleTerraform() {}

  static String print(LifecycleRule rule) {
    String text =
        switch (rule.bucket().service()) {
          case S3 -> s3(rule);
          case GCS -> gcs(rule);
        };
    return text.replace("\n", System.lineSeparator());
  }

  private static String s3(LifecycleRule rule) {
    String noncurrent =
        rule.versioned()
            ? """
                noncurrent_version_expiration {
                  noncurrent_days = %s
                }
            """
                .formatted(LifecycleRule.NONCURRENT_DAYS)
            : "";
    String markers =
        rule.versioned()
            ? """

              rule {
                id     = "%s-delete-markers"
                status = "Enabled"
                filter {
                  prefix = "%s"
                }
                expiration {
                  expired_object_delete_marker = true
                }
              }
            """
                .formatted(LifecycleRule.ID, LifecycleRule.PREFIX)
            : "";
    return """
        resource "aws_s3_bucket_lifecycle_configuration" "%s" {
          bucket = %s

          rule {
            id     = "%s"
            status = "Enabled"
            filter {
              prefix = "%s"
            }
            expiration {
              days = %s
            }
        %s    abort_incomplete_multipart_upload {
              days_after_initiation = %s
            }
          }
        %s}
        """
        .formatted(
            name(rule),
            quoted(rule.bucket().name()),
            LifecycleRule.ID,
            LifecycleRule.PREFIX,
            rule.days(),
            noncurrent,
            LifecycleRule.INCOMPLETE_UPLOAD_DAYS,
            markers);
  }

  private static String gcs(LifecycleRule rule) {
    return """
        resource "google_storage_bucket" "%s" {
          name = %s
          # and the other settings of the bucket

        %s%s%s}
        """
        .formatted(
            name(rule),
            quoted(rule.bucket().name()),
            gcsRule(
                "Delete",
                "age            = %s%s"
                    .formatted(
                        rule.days(), rule.versioned() ? "\n      with_state     = \"LIVE\"" : "")),
            rule.versioned()
                ? gcsRule(
                    "Delete",
                    "days_since_noncurrent_time = %s".formatted(LifecycleRule.NONCURRENT_DAYS))
                : "",
            gcsRule(
                "AbortIncompleteMultipartUpload",
                "age            = %s".formatted(LifecycleRule.INCOMPLETE_UPLOAD_DAYS)));
  }

  private static String gcsRule(String action, String condition) {
    return """
          lifecycle_rule {
            action {
              type = "%s"
            }
            condition {
              %s
              matches_prefix = ["%s"]
            }
          }
        """
        .formatted(action, condition, LifecycleRule.PREFIX);
  }

  /** Names of resources have letters, digits, underscores and hyphens, and no digit first. */
  private static String name(LifecycleRule rule) {
    String name = rule.bucket().name().replaceAll("[^A-Za-z0-9_-]", "_");
    return name.matches("[A-Za-z_].*") ? name : "_" + name;
  }

  private static String quoted(String text) {
    return '"'
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "$${").replace("%{", "%%{")
        + '"';
  }
}
