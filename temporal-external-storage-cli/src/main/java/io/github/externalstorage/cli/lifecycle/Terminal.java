package io.github.externalstorage.cli.lifecycle;

import java.io.Console;

/** Finds out whether the process runs in a terminal. */
final class Terminal {

  private Terminal() {}

  /** Whether the process has a terminal for input and output. */
  @SuppressWarnings("SystemConsoleNull") // It is null before JDK 22.
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // From JDK 22 on, there is a console even without a terminal.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
