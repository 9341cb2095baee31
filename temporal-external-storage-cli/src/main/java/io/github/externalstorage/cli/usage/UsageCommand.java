package io.github.externalstorage.cli.usage;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.operator.AllNamespaces;
import io.github.externalstorage.cli.operator.Concurrency;
import io.github.externalstorage.cli.operator.OperatorCommand;
import io.github.externalstorage.cli.operator.OperatorConfig;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.usage.StorageUsage;
import io.github.externalstorage.lifecycle.usage.UsageReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Adds up what the buckets hold. */
@Command(
    name = "usage",
    description =
        "Adds up the objects in the buckets by namespace, workflow type, age and day, and by"
            + " whether Temporal still refers to them. Changes nothing.",
    exitCodeList = {"0:Everything is added up.", "2:It could not be completed."})
public final class UsageCommand extends OperatorCommand {

  @Mixin private AllNamespaces namespaces = new AllNamespaces();

  @Option(
      names = "--no-references",
      description =
          "Only list the buckets, without asking Temporal which objects are in use. Needs no"
              + " connection to Temporal.")
  private boolean withoutReferences;

  @Mixin private Concurrency concurrency = new Concurrency();

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Also write the result to this file, as a page with charts.")
  private @Nullable Path html;

  public UsageCommand(Map<String, String> environment, Streams streams) {
    super(environment, streams);
  }

  @Override
  protected int run(OperatorConfig config) throws ConfigException, IOException {
    UsageReport report = read(config, namespaces.in(config));
    if (json) {
      out().println(UsageJson.print(report));
    } else {
      new UsageTable(out()).print(report, withoutReferences);
    }
    if (html != null) {
      Files.writeString(html, UsagePage.print(report, withoutReferences), UTF_8);
    }
    return FINE;
  }

  private UsageReport read(OperatorConfig config, List<NamespaceStorage> chosen)
      throws ConfigException, IOException {
    StorageUsage.Builder usage = StorageUsage.newBuilder(chosen).setConcurrency(concurrency.get());
    if (withoutReferences) {
      return usage.build().run();
    }
    Path folder = Files.createTempDirectory("temporal-external-storage-usage");
    try {
      return usage.setReferences(config.service(), folder.resolve("marks.db")).build().run();
    } finally {
      MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
    }
  }
}
