package io.github.externalstorage.cli.codecserver;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Runs the codec server until the process is told to end; requests under way are answered then. */
public final class Main {

  private Main() {}

  /** Exit codes: 1 if the configuration is wrong or a port is taken, 2 for wrong arguments. */
  public static void main(String[] args) throws InterruptedException {
    LogLevel.apply(System.getenv());
    PrintWriter out = writer(System.out);
    CodecServerCommand command = new CodecServerCommand(System.getenv(), out, writer(System.err));
    int exitCode = run(command, out, writer(System.err), args);
    CodecServerProgram program = command.program();
    if (program == null) {
      System.exit(exitCode);
    } else {
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(program, out), "codec-server-shutdown"));
      Thread.currentThread().join();
    }
  }

  static int run(CodecServerCommand command, PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(command)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(Main::misused)
        .execute(args);
  }

  private static int misused(ParameterException misuse, String[] args) {
    misuse.getCommandLine().getErr().println(misuse.getMessage() + " (--help tells what there is)");
    return CommandLine.ExitCode.USAGE;
  }

  private static void stop(CodecServerProgram program, PrintWriter out) {
    out.println("Codec server answers what is under way, and stops");
    program.close();
    out.println("Codec server stopped");
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, Charset.defaultCharset());
  }
}
