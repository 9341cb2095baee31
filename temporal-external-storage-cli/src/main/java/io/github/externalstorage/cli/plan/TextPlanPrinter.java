package io.github.externalstorage.cli.plan;

import static java.util.stream.Collectors.joining;

import io.github.externalstorage.cli.operator.Kinds;
import io.github.externalstorage.cli.operator.Terminal;
import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.ExpirationRule;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.plan.BucketPlan;
import io.github.externalstorage.lifecycle.plan.LifecyclePlan;
import io.github.externalstorage.lifecycle.plan.NamespacePlan;
import io.github.externalstorage.lifecycle.plan.NamespacePlan.OpenRun;
import io.github.externalstorage.lifecycle.plan.PlanObstacle;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** Prints a plan for people, with its reasons. */
final class TextPlanPrinter {

  private static final List<String> CONDITIONS =
      List.of(
          "Runs to come have no longer timeouts than those that were read.",
          "Only this library stores payloads in the bucket. The drivers of the Go, Python and"
              + " TypeScript SDKs don't write an object again that exists already, so that a new"
              + " reference can point at an old object. They may read.",
          "No run is reset. A reset gives old references a new run.",
          "No namespace uses the bucket besides those above.");

  private final PrintStream out;
  private final Duration cacheMaxAge;

  TextPlanPrinter(PrintStream out, Duration cacheMaxAge) {
    this.out = out;
    this.cacheMaxAge = cacheMaxAge;
  }

  /** Prints everything. */
  void print(LifecyclePlan plan, List<BucketPlan> buckets) {
    for (NamespacePlan namespace : plan.namespaces()) {
      print(namespace);
    }
    for (BucketPlan bucket : buckets) {
      print(plan, bucket);
    }
    printWithoutBucket(plan);
  }

  /** Prints what is to be known before the rule is used, and why there is none. */
  void printCautions(LifecyclePlan plan, List<BucketPlan> buckets) {
    for (BucketPlan bucket : buckets) {
      if (bucket.days().isEmpty()) {
        plan.namespaces().stream()
            .filter(namespace -> bucket.namespaces().contains(namespace.namespace()))
            .forEach(this::printObstacles);
        printNoRule(bucket);
      } else {
        printPresent(bucket);
        CONDITIONS.forEach(condition -> out.println("Safe if: " + condition));
      }
    }
    printWithoutBucket(plan);
  }

  private void print(NamespacePlan plan) {
    out.printf("Namespace %s%n", plan.namespace());
    out.printf("  closed runs are kept for %s%n", text(plan.retention()));
    out.printf(
        "  open: %s; closed, read for their timeouts: %s%n",
        counts(plan.open()), counts(plan.closed()));
    for (OpenRun run : plan.oldestOpen()) {
      out.printf(
          "  open since %s: %s, type %s%n",
          run.startedAt(), run.location(), Terminal.printable(run.type()));
    }
    plan.longestOf()
        .ifPresent(
            location ->
                out.printf("  longest timeout: %s, of %s%n", text(plan.longest()), location));
    for (Kind kind : plan.unsupported()) {
      out.printf("  this Temporal server does not support %s%n", Kinds.plural(kind));
    }
    printObstacles(plan);
    out.println();
  }

  private void printObstacles(NamespacePlan plan) {
    if (plan.isUnknown()) {
      out.printf(
          "  no rule is safe: namespace %s has no runs whose timeouts could be read%n",
          plan.namespace());
    }
    for (PlanObstacle obstacle : plan.obstacles()) {
      out.printf(
          "  no rule is safe: %s '%s' %s; %s, such as %s%s%n",
          obstacle.example().kind(),
          Terminal.printable(obstacle.type()),
          obstacle.reason().getText(),
          obstacle.open() == 0 ? "closed ones only" : "%,d open".formatted(obstacle.open()),
          obstacle.example(),
          obstacle.startedAt().map(start -> " since " + start).orElse(""));
    }
    if (plan.moreObstacles() > 0) {
      out.printf("  and %,d more%n", plan.moreObstacles());
    }
  }

  private void print(LifecyclePlan plan, BucketPlan bucket) {
    out.printf("Bucket %s, used by %s%n", bucket.bucket(), String.join(", ", bucket.namespaces()));
    Optional<Integer> days = bucket.days();
    if (days.isPresent()) {
      List<NamespacePlan> users =
          plan.namespaces().stream()
              .filter(namespace -> bucket.namespaces().contains(namespace.namespace()))
              .toList();
      out.printf(
          "  safe rule: delete objects under %s %,d days after they were written%n",
          LifecycleRule.PREFIX, days.get());
      out.printf(
          "    = %s, the longest timeout + %s, for which closed runs are kept + %s, the cache's"
              + " window, rounded up to whole days + 1 day of margin%n",
          text(longest(users, NamespacePlan::longest)),
          text(longest(users, NamespacePlan::retention)),
          text(cacheMaxAge));
      out.println("  print it with --json or --terraform; it is safe if:");
      CONDITIONS.forEach(condition -> out.println("    - " + condition));
    } else {
      printNoRule(bucket);
    }
    printPresent(bucket);
    out.println();
  }

  private void printNoRule(BucketPlan bucket) {
    out.printf(
        "  no lifecycle rule is safe for %s: use the command gc, or give the workflows execution"
            + " timeouts%n",
        bucket.bucket());
  }

  private void printPresent(BucketPlan bucket) {
    if (bucket.settings().isEmpty()) {
      out.println("  " + bucket.settingsProblem());
      return;
    }
    BucketSettings settings = bucket.settings().get();
    out.printf("  versioning: %s%n", settings.versioning().toString().toLowerCase(Locale.ROOT));
    if (settings.rules().isEmpty()) {
      out.println("  no present rule deletes or archives objects");
    }
    for (ExpirationRule rule : settings.rules()) {
      out.printf("  present rule %s%s%n", describe(rule), verdict(rule, bucket));
    }
    if (!settings.rules().isEmpty() || settings.hasOtherRules()) {
      out.println("  setting lifecycle rules replaces all present ones: add those that you keep");
    }
  }

  private static String describe(ExpirationRule rule) {
    return "'%s': %s objects under '%s' %s%s"
        .formatted(
            Terminal.printable(rule.id()),
            rule.effect() == ExpirationRule.Effect.DELETE ? "deletes" : "archives",
            Terminal.printable(rule.keyPrefix()),
            rule.age() == null
                ? "at " + Objects.requireNonNullElse(rule.date(), "once")
                : "after " + text(rule.age()),
            rule.conditional() ? ", under further conditions" : "");
  }

  private static String verdict(ExpirationRule rule, BucketPlan bucket) {
    boolean mayApply =
        rule.keyPrefix().startsWith(LifecycleRule.PREFIX)
            || LifecycleRule.PREFIX.startsWith(rule.keyPrefix());
    if (!mayApply) {
      return "";
    }
    boolean isSafe =
        bucket.days().isPresent()
            && rule.age() != null
            && rule.age().compareTo(Duration.ofDays(bucket.days().get())) >= 0;
    return isSafe ? ": safe" : ": NOT SAFE, it can delete payloads that are still needed";
  }

  private void printWithoutBucket(LifecyclePlan plan) {
    if (!plan.withoutBucket().isEmpty()) {
      out.printf(
          "No bucket, so no lifecycle rules: %s; use the command gc%n",
          String.join(", ", plan.withoutBucket()));
    }
  }

  private static Duration longest(
      List<NamespacePlan> plans, Function<NamespacePlan, Duration> time) {
    return plans.stream().map(time).max(Comparator.naturalOrder()).orElse(Duration.ZERO);
  }

  /** A duration such as {@code 1 day 12 h}, without fractions of a second. */
  private static String text(Duration duration) {
    List<String> parts = new ArrayList<>();
    add(parts, duration.toDays(), duration.toDays() == 1 ? " day" : " days");
    add(parts, duration.toHoursPart(), " h");
    add(parts, duration.toMinutesPart(), " min");
    add(parts, duration.toSecondsPart(), " s");
    return parts.isEmpty() ? "0 s" : String.join(" ", parts);
  }

  private static void add(List<String> parts, long value, String unit) {
    if (value != 0) {
      parts.add("%,d%s".formatted(value, unit));
    }
  }

  private static String counts(Map<Kind, Long> counts) {
    String text =
        counts.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> "%,d %s".formatted(entry.getValue(), Kinds.plural(entry.getKey())))
            .collect(joining(", "));
    return text.isEmpty() ? "none" : text;
  }
}
