package io.github.externalstorage.s3.internal.objects;

import com.google.common.base.Strings;
import io.github.externalstorage.driver.ExpirationRule;
import io.github.externalstorage.driver.ExpirationRule.Effect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.LifecycleExpiration;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.LifecycleRuleAndOperator;
import software.amazon.awssdk.services.s3.model.LifecycleRuleFilter;
import software.amazon.awssdk.services.s3.model.Transition;
import software.amazon.awssdk.services.s3.model.TransitionStorageClass;

/** Reads a bucket's lifecycle rules. */
final class S3Rules {

  /** From these, an object has to be restored before it can be read. */
  private static final Set<TransitionStorageClass> ARCHIVES =
      Set.of(TransitionStorageClass.GLACIER, TransitionStorageClass.DEEP_ARCHIVE);

  private S3Rules() {}

  /** What a rule does with current objects; empty if it is disabled or does not affect them. */
  static List<ExpirationRule> parse(LifecycleRule rule) {
    List<ExpirationRule> rules = new ArrayList<>();
    if (rule.status() == ExpirationStatus.DISABLED) {
      return rules;
    }
    LifecycleExpiration expiration = rule.expiration();
    if (expiration != null && (expiration.days() != null || expiration.date() != null)) {
      rules.add(create(rule, Effect.DELETE, expiration.days(), expiration.date()));
    }
    for (Transition transition : rule.transitions()) {
      if (ARCHIVES.contains(transition.storageClass())) {
        rules.add(create(rule, Effect.ARCHIVE, transition.days(), transition.date()));
      }
    }
    return rules;
  }

  private static ExpirationRule create(
      LifecycleRule rule, Effect effect, @Nullable Integer days, @Nullable Instant date) {
    return new ExpirationRule(
        Strings.nullToEmpty(rule.id()),
        prefix(rule),
        effect,
        days == null ? null : Duration.ofDays(days),
        date,
        isConditional(rule.filter()));
  }

  @SuppressWarnings("deprecation") // Older rules have their prefix outside of a filter.
  private static String prefix(LifecycleRule rule) {
    LifecycleRuleFilter filter = rule.filter();
    if (filter == null) {
      return Strings.nullToEmpty(rule.prefix());
    }
    LifecycleRuleAndOperator all = filter.and();
    return Strings.nullToEmpty(all == null ? filter.prefix() : all.prefix());
  }

  private static boolean isConditional(@Nullable LifecycleRuleFilter filter) {
    if (filter == null) {
      return false;
    }
    LifecycleRuleAndOperator all = filter.and();
    return filter.tag() != null
        || filter.objectSizeGreaterThan() != null
        || filter.objectSizeLessThan() != null
        || (all != null
            && (!all.tags().isEmpty()
                || all.objectSizeGreaterThan() != null
                || all.objectSizeLessThan() != null));
  }
}
