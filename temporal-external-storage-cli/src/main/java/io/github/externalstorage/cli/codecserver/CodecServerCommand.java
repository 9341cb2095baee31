package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.version.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the codec server until the process is terminated, or only checks its configuration. */
@Command(
    name = "codec-server",
    description = "Decodes payloads for Temporal's Web UI and CLI.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  CODEC_SERVER_CONFIG     the configuration file, if no FILE is given",
      "  CODEC_SERVER_HOST       overrides server.host of the file",
      "  CODEC_SERVER_PORT       overrides server.port of the file",
      "  CODEC_SERVER_LOG_LEVEL  trace, debug, info (the default), warn, error or off",
      "  AWS_REGION and others   the settings of the AWS SDK, including credentials"
    })
public final class CodecServerCommand implements Callable<Integer> {

  private static final String LOG_LEVEL = "CODEC_SERVER_LOG_LEVEL";
  private static final List<String> LOG_LEVELS =
      List.of("trace", "debug", "info", "warn", "error", "off");

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The configuration file, in YAML. Default: CODEC_SERVER_CONFIG.")
  private @Nullable Path file;

  @Option(
      names = "--check-config",
      description =
          "Reports all problems of the configuration and exits, with 1 if there are any. Asks the"
              + " storages whether payloads can be retrieved.")
  private boolean checkOnly;

  public CodecServerCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = commandLine().getErr();
    String fromEnvironment = environment.getOrDefault("CODEC_SERVER_CONFIG", "");
    if (file == null && fromEnvironment.isBlank()) {
      err.println("Missing configuration file: name it, or set CODEC_SERVER_CONFIG");
      return ExitCode.USAGE;
    }
    String logLevel = environment.getOrDefault(LOG_LEVEL, "").strip();
    if (!logLevel.isEmpty()) {
      if (!LOG_LEVELS.contains(logLevel)) {
        err.printf(
            "%s is '%s': must be one of %s%n", LOG_LEVEL, logLevel, String.join(", ", LOG_LEVELS));
        return ExitCode.SOFTWARE;
      }
      // The level is read when the first logger is created, which is later than this.
      System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", logLevel);
    }
    try {
      return run(file == null ? Path.of(fromEnvironment) : file);
    } catch (ConfigException | IOException | IllegalArgumentException e) {
      err.println(e.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private int run(Path config) throws ConfigException, IOException, InterruptedException {
    PrintWriter out = commandLine().getOut();
    try (CodecServerProgram program = new CodecServerProgram(config, environment)) {
      if (checkOnly) {
        return check(program, config);
      }
      FatalErrors.exitOnUncaught();
      program.start();
      // First the hook: whoever has read that the server listens may stop it.
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(program, out), "codec-server-shutdown"));
      program.announce(out);
      new CountDownLatch(1).await();
      return ExitCode.OK;
    }
  }

  private int check(CodecServerProgram program, Path config) {
    PrintWriter out = commandLine().getOut();
    program.warnings().forEach(warning -> out.println("Warning: " + warning));
    List<String> problems = new ArrayList<>();
    for (StorageChecks.Result result : program.checkStorages()) {
      if (result.isMisconfigured()) {
        problems.addAll(result.messages());
      } else {
        result.messages().forEach(message -> out.println("Warning: " + message));
      }
    }
    if (problems.isEmpty()) {
      out.println(config + " is valid");
      return ExitCode.OK;
    }
    problems.forEach(commandLine().getErr()::println);
    return ExitCode.SOFTWARE;
  }

  private static void stop(CodecServerProgram program, PrintWriter out) {
    out.println("Codec server is stopping: it completes the requests in progress");
    program.close();
    out.println("Codec server stopped");
  }

  private picocli.CommandLine commandLine() {
    return Optional.ofNullable(spec).orElseThrow().commandLine();
  }
}
