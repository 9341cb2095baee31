package io.github.externalstorage.cli.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes rules as JSON: that of PutBucketLifecycleConfiguration, or of Google Cloud Storage. */
final class LifecycleJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private LifecycleJson() {}

  static String print(LifecycleRule rule) {
    ObjectNode document =
        switch (rule.bucket().service()) {
          case S3 -> s3(rule);
          case GCS -> gcs(rule);
        };
    return document.toPrettyString() + System.lineSeparator();
  }

  private static ObjectNode s3(LifecycleRule rule) {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode rules = document.putArray("Rules");
    ObjectNode expiration = s3Rule(rules, LifecycleRule.ID);
    expiration.putObject("Expiration").put("Days", rule.days());
    if (rule.versioned()) {
      expiration
          .putObject("NoncurrentVersionExpiration")
          .put("NoncurrentDays", LifecycleRule.NONCURRENT_DAYS);
    }
    expiration
        .putObject("AbortIncompleteMultipartUpload")
        .put("DaysAfterInitiation", LifecycleRule.INCOMPLETE_UPLOAD_DAYS);
    if (rule.versioned()) {
      // S3 does not allow this together with a number of days.
      s3Rule(rules, LifecycleRule.ID + "-delete-markers")
          .putObject("Expiration")
          .put("ExpiredObjectDeleteMarker", true);
    }
    return document;
  }

  private static ObjectNode s3Rule(ArrayNode rules, String id) {
    ObjectNode rule = rules.addObject().put("ID", id).put("Status", "Enabled");
    rule.putObject("Filter").put("Prefix", LifecycleRule.PREFIX);
    return rule;
  }

  private static ObjectNode gcs(LifecycleRule rule) {
    ObjectNode document = JSON.createObjectNode();
    ArrayNode rules = document.putArray("rule");
    ObjectNode live = gcsRule(rules, "Delete").put("age", rule.days());
    if (rule.versioned()) {
      live.put("isLive", true);
      gcsRule(rules, "Delete").put("daysSinceNoncurrentTime", LifecycleRule.NONCURRENT_DAYS);
    }
    gcsRule(rules, "AbortIncompleteMultipartUpload")
        .put("age", LifecycleRule.INCOMPLETE_UPLOAD_DAYS);
    return document;
  }

  private static ObjectNode gcsRule(ArrayNode rules, String action) {
    ObjectNode rule = rules.addObject();
    rule.putObject("action").put("type", action);
    ObjectNode condition = rule.putObject("condition");
    condition.putArray("matchesPrefix").add(LifecycleRule.PREFIX);
    return condition;
  }
}
