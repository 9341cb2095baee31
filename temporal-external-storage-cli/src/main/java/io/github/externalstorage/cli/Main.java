package io.github.externalstorage.cli;

import io.github.externalstorage.cli.codecserver.CodecServerCommand;
import io.github.externalstorage.cli.codecserver.Version;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The operator's program. */
@Command(
    name = "temporal-external-storage",
    description = "Operates the external storage of Temporal payloads.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  /** Exit codes: 0 for success, 1 for a failure such as an invalid configuration, 2 for misuse. */
  public static void main(String[] args) {
    System.exit(commandLine(System.getenv()).execute(args));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return new CommandLine(new Main()).addSubcommand(new CodecServerCommand(environment));
  }
}
