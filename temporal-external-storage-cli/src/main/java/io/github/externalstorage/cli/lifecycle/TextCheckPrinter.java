package io.github.externalstorage.cli.lifecycle;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Ascii;
import com.google.common.base.Strings;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.ReferenceProblem;
import io.github.externalstorage.lifecycle.StorageCheckResult;
import java.io.PrintStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Prints a check for people: a line for each problem and, on a terminal, its progress. */
final class TextCheckPrinter implements CheckPrinter {

  private static final long PROGRESS_INTERVAL_NANOS = 200_000_000;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean showProgress = Terminal.isInteractive();
  private long lastProgress = System.nanoTime();
  private int progressLength;

  TextCheckPrinter(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void onProblem(ReferenceProblem problem) {
    clearProgress();
    out.printf("%s: %s: %s%n", name(problem.kind()), problem.location(), problem.message());
  }

  @Override
  public void onUnknownRules(StorageBucket bucket, String message) {
    clearProgress();
    err.printf("Not checked whether objects expire: %s%n", message);
  }

  @Override
  public void onProgress(StorageCheckResult soFar) {
    if (showProgress && System.nanoTime() - lastProgress > PROGRESS_INTERVAL_NANOS) {
      lastProgress = System.nanoTime();
      clearProgress();
      String line = describe(soFar);
      err.print(line);
      err.flush();
      progressLength = line.length();
    }
  }

  @Override
  public void finish(StorageCheckResult result) {
    clearProgress();
    for (Kind kind : result.unsupported()) {
      out.printf("This Temporal server does not support %s%n", Kinds.plural(kind));
    }
    if (result.vanished() > 0) {
      out.printf(
          "%,d workflow runs or other items were deleted while the check ran%n", result.vanished());
    }
    out.println("Checked " + describe(result));
  }

  private void clearProgress() {
    if (progressLength > 0) {
      err.print("\r" + Strings.repeat(" ", progressLength) + "\r");
      progressLength = 0;
    }
  }

  private static String describe(StorageCheckResult result) {
    return "%,d references in %s: %s"
        .formatted(
            result.references(),
            Arrays.stream(Kind.values())
                .filter(kind -> kind == Kind.WORKFLOW || result.checked().containsKey(kind))
                .map(kind -> number(result.checked().get(kind)) + " " + Kinds.plural(kind))
                .collect(joining(", ")),
            Arrays.stream(ReferenceProblem.Kind.values())
                .map(kind -> number(result.problems().get(kind)) + " " + name(kind))
                .collect(joining(", ")));
  }

  private static String number(@Nullable Long count) {
    return "%,d".formatted(count == null ? 0 : count);
  }

  private static String name(ReferenceProblem.Kind kind) {
    return Ascii.toLowerCase(kind.name());
  }
}
