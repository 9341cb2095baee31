package io.github.externalstorage.cli.operator;

import java.io.Console;

/** The terminal that the process may run in. */
public final class Terminal {

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

  /** A text without characters that could move the cursor or hide text. */
  public static String printable(String text) {
    return text.replaceAll("\\p{C}", "?");
  }
}
