package io.github.externalstorage.cli.operator;

import com.google.common.base.Strings;
import java.io.PrintStream;
import java.util.function.Supplier;

/** A line on the terminal that shows how far a command is, and is replaced in place. */
public final class ProgressLine {

  private static final long INTERVAL_NANOS = 200_000_000;

  private final PrintStream err;
  private final boolean isShown = Terminal.isInteractive();
  private long lastShown = System.nanoTime();
  private int length;

  public ProgressLine(PrintStream err) {
    this.err = err;
  }

  /** Shows a text, unless another was shown a moment ago, or there is no terminal. */
  public void show(Supplier<String> text) {
    if (isShown && System.nanoTime() - lastShown > INTERVAL_NANOS) {
      lastShown = System.nanoTime();
      clear();
      String line = text.get();
      err.print(line);
      err.flush();
      length = line.length();
    }
  }

  public void clear() {
    if (length > 0) {
      err.print("\r" + Strings.repeat(" ", length) + "\r");
      length = 0;
    }
  }

  public boolean isShown() {
    return isShown;
  }
}
