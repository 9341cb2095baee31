package io.github.externalstorage.examples;

import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What the commands have in common. */
@Command(
    name = "examples",
    synopsisSubcommandLabel = "[COMMAND]",
    description = "A fulfillment center whose large payloads live in S3.",
    commandListHeading = "%nCommands:%n",
    footer = {"", "COMMAND --help tells its options and settings."})
final class Examples {

  private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help");

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean unusedAsPicocliActsOnIt;

  /** Whoever names no command wants the demo. */
  static String[] withDefault(String... args) {
    boolean named = args.length > 0 && (!args[0].startsWith("-") || OWN_OPTIONS.contains(args[0]));
    return named ? args : Stream.concat(Stream.of("demo"), Stream.of(args)).toArray(String[]::new);
  }
}
