package io.github.externalstorage.cli.gc;

import io.github.externalstorage.cli.operator.Kinds;
import io.github.externalstorage.cli.operator.ProgressLine;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.gc.GcObject;
import io.github.externalstorage.lifecycle.gc.GcPhase;
import io.github.externalstorage.lifecycle.gc.GcProgress;
import io.github.externalstorage.lifecycle.gc.GcQuarantine;
import io.github.externalstorage.lifecycle.gc.GcResult;
import io.github.externalstorage.lifecycle.gc.GcUndoResult;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Prints garbage collection for people: a line for each object, and how far it is. */
final class TextGcPrinter implements GcPrinter {

  private final PrintStream out;
  private final PrintStream err;
  private final ProgressLine line;
  private @Nullable GcPhase phase;

  TextGcPrinter(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
    line = new ProgressLine(err);
  }

  @Override
  public void onProgress(GcProgress progress) {
    if (line.isShown()) {
      line.show(() -> describe(progress));
    } else if (progress.phase() != phase && progress.phase() != GcPhase.DONE) {
      phase = progress.phase();
      err.println(describe(progress));
    }
  }

  private static String describe(GcProgress progress) {
    return switch (progress.phase()) {
      case MARK ->
          "Reading workflow runs and others: %,d runs, %,d references so far"
              .formatted(progress.workflowRuns(), progress.references());
      case SCAN -> "Listing the buckets: %,d objects so far".formatted(progress.objects());
      // A dry run must not look as if it deleted something.
      case SWEEP, DONE ->
          progress.deleted() == 0
              ? "Comparing with earlier runs"
              : "Deleting: %,d objects so far".formatted(progress.deleted());
    };
  }

  @Override
  public void onUnsupported(String namespace, Kind kind) {
    line.clear();
    err.printf("This Temporal server does not support %s%n", Kinds.plural(kind));
  }

  @Override
  public void onGarbage(GcObject object) {
    print("would delete", object);
  }

  @Override
  public void onDeleted(GcObject object) {
    print("deleted", object);
  }

  private void print(String verb, GcObject object) {
    line.clear();
    out.printf(
        "%s: %s %s (%,d bytes, written %s)%n",
        verb, object.bucket(), object.key(), object.sizeBytes(), object.storedAt());
  }

  @Override
  public void onNotRestored(String bucket, String key, String reason) {
    line.clear();
    out.printf("not restored: %s %s: %s%n", bucket, key, reason);
  }

  @Override
  public void finish(GcResult result, boolean deletes) {
    line.clear();
    out.printf(
        "Run %d read %,d workflow runs (%,d of them earlier) and %,d schedules and others, with %,d"
            + " references%n",
        result.run(),
        result.workflowRuns(),
        result.keptRuns(),
        result.otherItems(),
        result.references());
    out.printf(
        "%,d objects: %,d referred to, %,d not, but younger than the grace period%n",
        result.objects(), result.referenced(), result.young());
    for (GcQuarantine quarantine : result.quarantines()) {
      out.printf("In quarantine until %s: %s%n", quarantine.until(), describe(quarantine.totals()));
    }
    if (result.lost() > 0) {
      out.printf("Deleted, but referred to again, and not restored: %,d objects%n", result.lost());
    }
    if (!deletes) {
      out.printf("To delete: %s%n", describe(result.garbage()));
      return;
    }
    if (result.changed() > 0) {
      out.printf("Written or deleted by others meanwhile: %,d objects%n", result.changed());
    }
    if (result.restored() > 0) {
      out.printf(
          "Restored, since something refers to them again: %,d objects%n", result.restored());
    }
    out.printf("Deleted: %s%n", describe(result.deleted()));
  }

  @Override
  public void finish(GcUndoResult result) {
    out.printf(
        "Restored %,d objects; %,d can't be restored, and %,d may not have been deleted%n",
        result.restored(), result.lost(), result.unknown());
  }

  private static String describe(StoredAmount totals) {
    return "%,d objects, %,d bytes".formatted(totals.objects(), totals.bytes());
  }
}
