package io.github.externalstorage.gcs.internal.objects;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.github.externalstorage.driver.ExpirationRule;
import io.github.externalstorage.driver.ExpirationRule.Effect;
import io.github.externalstorage.gcs.internal.requests.GcsError;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Reads a bucket's lifecycle rules, as the <a
 * href="https://cloud.google.com/storage/docs/lifecycle">documentation of Google Cloud Storage</a>
 * describes them. An object of any storage class can be read at once, so only deletions matter.
 */
final class GcsRules {

  /** Conditions that only noncurrent versions meet, or objects with a time that no driver sets. */
  private static final Set<String> NEVER_MET =
      Set.of(
          "daysSinceNoncurrentTime",
          "noncurrentTimeBefore",
          "daysSinceCustomTime",
          "customTimeBefore");

  /** Those that say nothing about which objects a rule applies to, or that are read here. */
  private static final Set<String> KNOWN = Set.of("age", "isLive", "matchesPrefix");

  private GcsRules() {}

  /** What a rule does with current objects; empty if it does not delete any. */
  static List<ExpirationRule> parse(Struct rule) {
    Struct action = struct(rule, "action");
    Struct condition = struct(rule, "condition");
    if (!GcsError.string(action, "type").equals("Delete") || isOfFormerVersions(condition)) {
      return List.of();
    }
    Duration age = Duration.ofDays((long) value(condition, "age").getNumberValue());
    boolean isConditional = !KNOWN.containsAll(condition.getFieldsMap().keySet());
    List<String> prefixes =
        value(condition, "matchesPrefix").getListValue().getValuesList().stream()
            .map(Value::getStringValue)
            .toList();
    return (prefixes.isEmpty() ? List.of("") : prefixes)
        .stream()
            .map(prefix -> new ExpirationRule("", prefix, Effect.DELETE, age, null, isConditional))
            .toList();
  }

  private static boolean isOfFormerVersions(Struct condition) {
    return condition.getFieldsMap().keySet().stream().anyMatch(NEVER_MET::contains)
        || value(condition, "numNewerVersions").getNumberValue() > 0
        || (condition.containsFields("isLive") && !value(condition, "isLive").getBoolValue());
  }

  private static Struct struct(Struct json, String name) {
    return value(json, name).getStructValue();
  }

  private static Value value(Struct json, String name) {
    return json.getFieldsOrDefault(name, Value.getDefaultInstance());
  }
}
