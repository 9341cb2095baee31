package io.github.externalstorage.cli.plan;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.operator.AllNamespaces;
import io.github.externalstorage.cli.operator.Concurrency;
import io.github.externalstorage.cli.operator.OperatorCommand;
import io.github.externalstorage.cli.operator.OperatorConfig;
import io.github.externalstorage.lifecycle.plan.BucketPlan;
import io.github.externalstorage.lifecycle.plan.LifecyclePlan;
import io.github.externalstorage.lifecycle.plan.LifecyclePlanner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints a safe lifecycle rule. */
@Command(
    name = "plan",
    description =
        "Reads the retention period of each namespace and the timeouts of its workflows, and prints"
            + " a lifecycle rule that deletes nothing that is still needed, or why there is none."
            + " Changes nothing.",
    exitCodeList = {
      "0:There is a safe rule.",
      "1:No rule is safe for at least one bucket.",
      "2:It could not be determined."
    })
public final class PlanCommand extends OperatorCommand {

  @Mixin private AllNamespaces namespaces = new AllNamespaces();

  @Option(
      names = "--bucket",
      paramLabel = "NAME",
      description = "Print the rule of this bucket only.")
  private @Nullable String bucket;

  @Option(
      names = "--cache-max-age",
      paramLabel = "TIME",
      defaultValue = "10m",
      description =
          "The longest setCacheMaxAge of the workers and clients, such as 30m."
              + " Default: ${DEFAULT-VALUE}.")
  private Duration cacheMaxAge = Duration.ofMinutes(10);

  @Option(
      names = "--closed-runs",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "How many of the newest closed runs are read for their timeouts, besides all open ones."
              + " Default: ${DEFAULT-VALUE}.")
  private int closedRuns;

  @Mixin private Concurrency concurrency = new Concurrency();

  @ArgGroup private @Nullable Format format;

  /** How the rule is printed. */
  static final class Format {

    @Option(
        names = "--json",
        description =
            "Print only the rule, as JSON: for 'aws s3api put-bucket-lifecycle-configuration' or"
                + " 'gcloud storage buckets update --lifecycle-file'.")
    private boolean json;

    @Option(names = "--terraform", description = "Print only the rule, as a Terraform resource.")
    private boolean terraform;

    private String print(LifecycleRule rule) {
      return terraform ? LifecycleTerraform.print(rule) : LifecycleJson.print(rule);
    }
  }

  public PlanCommand(Map<String, String> environment, Streams streams) {
    super(environment, streams);
  }

  @Override
  protected int run(OperatorConfig config) throws ConfigException {
    if (closedRuns < 0) {
      throw new ConfigException("--closed-runs must be at least 0, not " + closedRuns);
    }
    LifecyclePlan plan =
        LifecyclePlanner.newBuilder(config.service(), namespaces.in(config))
            .setCacheMaxAge(cacheMaxAge)
            .setClosedRuns(closedRuns)
            .setConcurrency(concurrency.get())
            .build()
            .run();
    List<BucketPlan> buckets = choose(plan);
    if (format == null) {
      new TextPlanPrinter(out(), cacheMaxAge).print(plan, buckets);
    } else {
      printRules(plan, buckets, format);
    }
    return buckets.stream().allMatch(chosen -> chosen.days().isPresent()) ? FINE : FOUND;
  }

  private void printRules(LifecyclePlan plan, List<BucketPlan> buckets, Format chosen)
      throws ConfigException {
    if (chosen.json && buckets.size() > 1) {
      throw new ConfigException(
          "There are %s buckets: choose one with --bucket".formatted(buckets.size()));
    }
    new TextPlanPrinter(err(), cacheMaxAge).printCautions(plan, buckets);
    for (BucketPlan planned : buckets) {
      if (planned.days().isPresent()) {
        LifecycleRule rule = LifecycleRule.of(planned, planned.days().get());
        out().print(chosen.print(rule));
      }
    }
    out().flush();
  }

  private List<BucketPlan> choose(LifecyclePlan plan) throws ConfigException {
    List<BucketPlan> chosen =
        plan.buckets().stream()
            .filter(planned -> bucket == null || planned.bucket().name().equals(bucket))
            .toList();
    if (!chosen.isEmpty()) {
      return chosen;
    }
    throw new ConfigException(
        bucket == null
            ? "No namespace stores in a bucket, so there are no lifecycle rules"
            : "The bucket '%s' is not in the configuration; there is %s"
                .formatted(
                    bucket,
                    plan.buckets().stream().map(planned -> planned.bucket().name()).toList()));
  }
}
