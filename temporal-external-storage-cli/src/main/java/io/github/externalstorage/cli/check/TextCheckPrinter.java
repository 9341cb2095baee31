package io.github.externalstorage.cli.check;

import static java.util.stream.Collectors.joining;

import com.google.common.base.Ascii;
import io.github.externalstorage.cli.operator.Kinds;
import io.github.externalstorage.cli.operator.ProgressLine;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.check.ReferenceProblem;
import io.github.externalstorage.lifecycle.check.StorageCheckResult;
import java.io.PrintStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Prints a check for people: a line for each problem and, on a terminal, its progress. */
final class TextCheckPrinter implements CheckPrinter {

  private final PrintStream out;
  private final PrintStream err;
  private final ProgressLine line;

  TextCheckPrinter(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
    line = new ProgressLine(err);
  }

  @Override
  public void onProblem(ReferenceProblem problem) {
    line.clear();
    out.printf("%s: %s: %s%n", name(problem.kind()), problem.location(), problem.message());
  }

  @Override
  public void onUnknownRules(StorageBucket bucket, String message) {
    line.clear();
    err.printf("Not checked whether objects expire: %s%n", message);
  }

  @Override
  public void onProgress(StorageCheckResult soFar) {
    line.show(() -> describe(soFar));
  }

  @Override
  public void finish(StorageCheckResult result) {
    line.clear();
    for (Kind kind : result.unsupported()) {
      out.printf("This Temporal server does not support %s%n", Kinds.plural(kind));
    }
    if (result.vanished() > 0) {
      out.printf(
          "%,d workflow runs or other items were deleted while the check ran%n", result.vanished());
    }
    out.println("Checked " + describe(result));
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
