package io.github.externalstorage.cli.lifecycle;

import io.github.externalstorage.cli.lifecycle.OperatorCommand.Streams;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** The commands of this package. */
public final class OperatorCommands {

  private OperatorCommands() {}

  /** Creates the commands, for picocli. */
  public static List<Object> create(
      Map<String, String> environment, InputStream in, PrintStream out, PrintStream err) {
    Streams streams = new Streams(in, out, err);
    return List.of(
        new CheckCommand(environment, streams),
        new PlanCommand(environment, streams),
        new GcCommand(environment, streams),
        new UsageCommand(environment, streams),
        new GetCommand(environment, streams),
        new ResolveCommand(environment, streams));
  }
}
