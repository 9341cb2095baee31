package io.github.externalstorage.examples;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.logging.LogManager;
import picocli.CommandLine;

/** Runs a command of the example. */
public final class Main {

  private Main() {}

  /** Ends the JVM on every path: what runs in it leaves threads behind that would keep it alive. */
  public static void main(String[] args) {
    // gRPC tells what it can't reach in stack traces; people are told in a line by the command.
    LogManager.getLogManager().reset();
    System.exit(run(System.getenv(), writer(System.out), writer(System.err), args));
  }

  /** Runs a command and returns the exit code: 1 if it failed, 2 if it was misspelt. */
  static int run(
      Map<String, String> environment, PrintWriter out, PrintWriter err, String... args) {
    CommandLine commands =
        new CommandLine(new Examples())
            .addSubcommand(new DemoCommand(out))
            .addSubcommand(new S3Command(environment, out))
            .addSubcommand(new WorkerCommand(environment, out))
            .addSubcommand(new StarterCommand(environment, out))
            .addSubcommand(new CodecServerCommand(environment, out))
            .setOut(out)
            .setErr(err)
            .setParameterExceptionHandler(new MisuseHandler())
            .setExecutionExceptionHandler(new FailureHandler());
    return commands.execute(Examples.withDefault(args));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }
}
