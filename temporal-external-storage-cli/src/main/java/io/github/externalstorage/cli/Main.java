package io.github.externalstorage.cli;

import io.github.externalstorage.cli.check.CheckCommand;
import io.github.externalstorage.cli.codecserver.CodecServerCommand;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.cli.gc.GcCommand;
import io.github.externalstorage.cli.operator.OperatorCommand.Streams;
import io.github.externalstorage.cli.payloads.GetCommand;
import io.github.externalstorage.cli.payloads.ResolveCommand;
import io.github.externalstorage.cli.plan.PlanCommand;
import io.github.externalstorage.cli.usage.UsageCommand;
import io.github.externalstorage.cli.version.Version;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.TypeConversionException;

/** The operator's program. */
@Command(
    name = "temporal-external-storage",
    description = "Operates the external storage of Temporal payloads.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  /**
   * Exit codes of the codec server: 0 for success, 1 for a failure such as an invalid
   * configuration, 2 for misuse. Those of the other commands are in their {@code --help}.
   */
  public static void main(String[] args) {
    System.exit(commandLine(System.getenv()).execute(args));
  }

  static CommandLine commandLine(Map<String, String> environment) {
    return commandLine(environment, System.in, System.out, System.err);
  }

  static CommandLine commandLine(
      Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
    Streams streams = new Streams(in, out, err);
    return new CommandLine(new Main())
        .addSubcommand(new CodecServerCommand(environment))
        .addSubcommand(new CheckCommand(environment, streams))
        .addSubcommand(new PlanCommand(environment, streams))
        .addSubcommand(new GcCommand(environment, streams))
        .addSubcommand(new UsageCommand(environment, streams))
        .addSubcommand(new GetCommand(environment, streams))
        .addSubcommand(new ResolveCommand(environment, streams))
        .registerConverter(Duration.class, Main::duration);
  }

  /** Reads a time as the configuration file spells it. */
  private static Duration duration(String text) {
    try {
      return Values.duration(Duration.ofMillis(1), Duration.ofDays(10_000)).apply(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(String.valueOf(e.getMessage()));
    }
  }
}
