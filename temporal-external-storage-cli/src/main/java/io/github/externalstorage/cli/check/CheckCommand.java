package io.github.externalstorage.cli.check;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.operator.Concurrency;
import io.github.externalstorage.cli.operator.OperatorCommand;
import io.github.externalstorage.cli.operator.OperatorConfig;
import io.github.externalstorage.lifecycle.check.StorageCheck;
import io.github.externalstorage.lifecycle.check.StorageCheckResult;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Checks that the payloads of all references exist. */
@Command(
    name = "check",
    description =
        "Reads every reference that Temporal keeps, and asks the storage whether its object exists"
            + " and has the right size, and whether a lifecycle rule deletes it while it is needed."
            + " Changes nothing.",
    exitCodeList = {
      "0:Every payload can be read, and none that is needed expires.",
      "1:Some are missing, damaged or unreadable, or expire while they are needed.",
      "2:The check could not be completed."
    })
public final class CheckCommand extends OperatorCommand {

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "A namespace to check; can be repeated. Default: all that the file names.")
  private List<String> namespaces = List.of();

  @Option(
      names = {"-q", "--query"},
      paramLabel = "QUERY",
      description =
          "Check only the workflow runs that match, in the syntax of 'temporal workflow list"
              + " --query'. Default: everything, also schedules, standalone activities and Nexus"
              + " operations.")
  private String query = "";

  @Option(
      names = "--content",
      description = "Read each object and compare its hash, instead of asking for its size.")
  private boolean content;

  @Mixin private Concurrency concurrency = new Concurrency();

  @Option(
      names = "--json",
      description = "Print a JSON object in each line: a problem, or at the end the result.")
  private boolean json;

  public CheckCommand(Map<String, String> environment, Streams streams) {
    super(environment, streams);
  }

  @Override
  protected int run(OperatorConfig config) throws ConfigException {
    CheckPrinter printer = json ? new JsonCheckPrinter(out()) : new TextCheckPrinter(out(), err());
    StorageCheckResult result =
        StorageCheck.newBuilder(config.service(), config.namespaces(namespaces))
            .setQuery(query)
            .setContent(content)
            .setConcurrency(concurrency.get())
            .setListener(printer)
            .build()
            .run();
    printer.finish(result);
    return result.isFine() ? FINE : FOUND;
  }
}
