package io.github.externalstorage.cli.codecserver;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Starts the server, or only looks whether it could be started. */
@Command(
    name = "codec-server",
    description = "Shows Temporal's Web UI and CLI what workers encoded and stored.",
    versionProvider = Version.class,
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  CODEC_SERVER_CONFIG     the configuration file, if none is named",
      "  CODEC_SERVER_HOST       comes before server.host of the file",
      "  CODEC_SERVER_PORT       comes before server.port of the file",
      "  CODEC_SERVER_LOG_LEVEL  trace, debug, info (the default), warn, error or off",
      "  AWS_REGION and others   as the AWS SDK has them, credentials included"
    })
final class CodecServerCommand implements Callable<Integer> {

  private final Map<String, String> environment;
  private final PrintWriter out;
  private final PrintWriter err;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The configuration file, in YAML. Default: CODEC_SERVER_CONFIG.")
  private @Nullable Path file;

  @Option(
      names = "--check-config",
      description = "Says all that is wrong with the configuration, and ends: with 1 if it is.")
  private boolean checking;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Shows this help.")
  private boolean unusedHelpAsPicocliActsOnIt;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Shows the version.")
  private boolean unusedVersionAsPicocliActsOnIt;

  private @Nullable CodecServerProgram program;

  CodecServerCommand(Map<String, String> environment, PrintWriter out, PrintWriter err) {
    this.environment = environment;
    this.out = out;
    this.err = err;
  }

  /** What runs; null if nothing does. */
  @Nullable CodecServerProgram program() {
    return program;
  }

  @Override
  public Integer call() {
    String fromEnvironment = environment.getOrDefault("CODEC_SERVER_CONFIG", "");
    if (file == null && fromEnvironment.isBlank()) {
      err.println("Which configuration file? Name it, or set CODEC_SERVER_CONFIG");
      return ExitCode.USAGE;
    }
    String logLevel = environment.getOrDefault(LogLevel.VARIABLE, "").strip();
    if (!LogLevel.isKnown(logLevel)) {
      err.println(
          "%s is '%s': must be one of %s"
              .formatted(LogLevel.VARIABLE, logLevel, String.join(", ", LogLevel.NAMES)));
      return ExitCode.SOFTWARE;
    }
    return run(file == null ? Path.of(fromEnvironment) : file);
  }

  private int run(Path configuration) {
    CodecServerProgram made = null;
    try {
      made = new CodecServerProgram(configuration, environment);
      if (checking) {
        made.warnings().forEach(warning -> out.println("Warning: " + warning));
        out.println(configuration + " is fine");
      } else {
        made.start(out);
        program = made;
      }
      return ExitCode.OK;
    } catch (ConfigurationException | IOException | IllegalArgumentException e) {
      err.println(e.getMessage());
      return ExitCode.SOFTWARE;
    } finally {
      if (made != null && program == null) {
        made.close();
      }
    }
  }
}
