package io.github.externalstorage.cli.operator;

import io.github.externalstorage.cli.config.ConfigException;
import picocli.CommandLine.Option;

/** How much a command does at once. */
public final class Concurrency {

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      defaultValue = "8",
      description =
          "How many operations, such as reading a history, are under way at once. Default:"
              + " ${DEFAULT-VALUE}.")
  private int operations;

  /**
   * The number, at least 1.
   *
   * @throws ConfigException if it is less
   */
  public int get() throws ConfigException {
    if (operations < 1) {
      throw new ConfigException("--concurrency must be at least 1, not " + operations);
    }
    return operations;
  }
}
