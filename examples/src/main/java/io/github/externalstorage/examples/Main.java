package io.github.externalstorage.examples;

import com.google.common.primitives.Ints;
import com.google.common.util.concurrent.Uninterruptibles;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Runs a command of the example, and holds what the commands share. */
@Command(
    name = "examples",
    synopsisSubcommandLabel = "[COMMAND]",
    description = "A fulfillment center that keeps its large payloads in S3 or in files.",
    commandListHeading = "%nCommands:%n",
    footer = {"", "COMMAND --help lists the options and environment variables of a command."})
public final class Main {

  private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help");
  private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(20);
  private static final CountDownLatch COMMAND_ENDED = new CountDownLatch(1);

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Shows this help.")
  private boolean unusedBecausePicocliHandlesIt;

  private Main() {}

  /** Always ends the JVM itself: libraries leave threads behind that would keep it running. */
  public static void main(String[] args) {
    // gRPC logs stack traces for a server that it can't reach; the commands report that in a line.
    LogManager.getLogManager().reset();
    int exitCode = run(System.getenv(), writer(System.out), writer(System.err), args);
    COMMAND_ENDED.countDown();
    System.exit(exitCode);
  }

  /** Runs a command and returns the exit code: 1 if it failed, 2 if its arguments are wrong. */
  static int run(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
    CommandLine commands =
        new CommandLine(new Main())
            .addSubcommand(new DemoCommand(out))
            .addSubcommand(new S3Command(environment, out))
            .addSubcommand(new WorkerCommand(environment, out))
            .addSubcommand(new StarterCommand(environment, out))
            .addSubcommand(new CodecServerCommand(environment, out))
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler((e, all) -> reportUsageError(e))
            .setExecutionExceptionHandler((e, command, parsed) -> reportFailure(e, err));
    try {
      return commands.execute(withDefaultCommand(args));
    } catch (Error e) {
      return reportFailure(e, err);
    }
  }

  /**
   * Announces that the command runs, and waits for Ctrl-C, or another signal that ends the process.
   * From then on the command has 20 s to release its resources.
   */
  static void awaitCtrlC(Runnable announcement) {
    CountDownLatch pressed = new CountDownLatch(1);
    Runnable hook =
        () -> {
          pressed.countDown();
          var unused = Uninterruptibles.awaitUninterruptibly(COMMAND_ENDED, SHUTDOWN_TIMEOUT);
        };
    Runtime.getRuntime().addShutdownHook(new Thread(hook, "ctrl-c"));
    announcement.run();
    Uninterruptibles.awaitUninterruptibly(pressed);
  }

  /** An environment variable, or the default if it is not set or blank. */
  static String setting(Map<String, String> environment, String name, String defaultValue) {
    String value = environment.getOrDefault(name, "");
    return value.isBlank() ? defaultValue : value.strip();
  }

  /** The value of an option that takes a whole number from {@code min} to {@code max}. */
  static int wholeNumber(String value, int min, int max) {
    Integer number = Ints.tryParse(value);
    if (number == null || number < min || number > max) {
      throw new TypeConversionException(
          "'%s' is not a whole number from %s to %s".formatted(value, min, max));
    }
    return number;
  }

  private static String[] withDefaultCommand(String... args) {
    boolean named = args.length > 0 && (!args[0].startsWith("-") || OWN_OPTIONS.contains(args[0]));
    return named ? args : Stream.concat(Stream.of("demo"), Stream.of(args)).toArray(String[]::new);
  }

  private static int reportUsageError(ParameterException error) {
    error.getCommandLine().getErr().println(usageError(error) + " (see --help)");
    return ExitCode.USAGE;
  }

  private static String usageError(ParameterException error) {
    if (!(error instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(error.getMessage());
    }
    boolean lacksCommand = !error.getCommandLine().getSubcommands().isEmpty();
    String what = unmatched.isUnknownOption() ? "option" : lacksCommand ? "command" : "argument";
    return "Unknown %s: '%s'".formatted(what, unmatched.getUnmatched().get(0));
  }

  /** One line for a failure that the user can fix, the stack trace for any other. */
  private static int reportFailure(Throwable failure, PrintWriter err) {
    if (failure instanceof ExampleException) {
      err.println(failure.getMessage());
    } else {
      failure.printStackTrace(err);
    }
    return ExitCode.SOFTWARE;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }
}
