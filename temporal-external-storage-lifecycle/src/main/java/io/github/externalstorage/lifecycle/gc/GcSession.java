package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.internal.state.Counter.CHANGED;
import static io.github.externalstorage.lifecycle.internal.state.Counter.KEPT_RUNS;
import static io.github.externalstorage.lifecycle.internal.state.Counter.OBJECTS;
import static io.github.externalstorage.lifecycle.internal.state.Counter.OTHER_ITEMS;
import static io.github.externalstorage.lifecycle.internal.state.Counter.REFERENCED;
import static io.github.externalstorage.lifecycle.internal.state.Counter.REFERENCES;
import static io.github.externalstorage.lifecycle.internal.state.Counter.RUNS;
import static io.github.externalstorage.lifecycle.internal.state.Counter.VANISHED;
import static io.github.externalstorage.lifecycle.internal.state.Counter.YOUNG;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.gc.CandidateTable.OfBucket;
import io.github.externalstorage.lifecycle.gc.DeletionTable.State;
import io.github.externalstorage.lifecycle.gc.RunTable.GcRun;
import io.github.externalstorage.lifecycle.gc.ScanPhase.BucketPrefixes;
import io.github.externalstorage.lifecycle.internal.marks.MarkPhase;
import io.github.externalstorage.lifecycle.internal.marks.MarkTable;
import io.github.externalstorage.lifecycle.internal.marks.RootFile;
import io.github.externalstorage.lifecycle.internal.state.Counter;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.internal.state.StepTable;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;
import io.github.externalstorage.lifecycle.internal.temporal.NamespaceIds;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Has the state file open, and takes a run through its phases. */
final class GcSession implements AutoCloseable {

  /** What was read before a longer interruption is read again. */
  private static final Duration MAX_INTERRUPTION = Duration.ofHours(6);

  private static final Duration CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private final GcSettings settings;
  private final Buckets buckets;
  private final GcContext context;
  private final GcIdentity identity;
  private final MarkPhase mark;
  private final ScanPhase scan;
  private final SweepPhase sweep;
  private final RepairPhase repair;

  GcSession(GcSettings settings) {
    this.settings = settings;
    buckets = new Buckets(settings.namespaces(), settings.storageRate());
    identity = new GcIdentity(settings.namespaces(), buckets);
    context =
        new GcContext(
            StateFile.open(settings.stateFile(), settings.commitListener()),
            new SideBySide(settings.concurrency()),
            settings.clock(),
            settings.listener());
    mark =
        new MarkPhase(
            settings.server(), settings.namespaces(), buckets, context.state(), context.threads());
    scan =
        new ScanPhase(
            buckets,
            settings.namespaces().stream().map(NamespaceStorage::getNamespace).toList(),
            settings.grace(),
            context);
    sweep =
        new SweepPhase(
            buckets, settings.grace(), settings.maxObjects(), settings.maxShare(), context);
    repair = new RepairPhase(buckets, settings.delete(), context);
  }

  GcResult run() {
    NamespaceIds namespaces = NamespaceIds.read(settings.server(), settings.namespaces());
    // Early, since marking can take hours.
    List<BucketPrefixes> unused = scan.prefixes();
    GcRun run = resumeOrStart(namespaces);
    if (run.phase() == GcPhase.MARK) {
      mark.run(context.marking(run));
      namespaces.requireUnchanged();
      List<BucketPrefixes> prefixes = scan.prefixes();
      run = context.enter(run, GcPhase.SCAN, connection -> scan.plan(connection, prefixes));
    }
    if (run.phase() == GcPhase.SCAN) {
      scan.run(run);
      namespaces.requireUnchanged();
      run = complete(run);
    }
    if (settings.delete()) {
      sweep.run(run);
      markAgain(run);
      namespaces.requireUnchanged();
    } else {
      sweep.list(run, settings.listener()::onGarbage);
    }
    repair.run(run);
    return finish(run);
  }

  /** What began to refer to an object while it was deleted is found soon. */
  private void markAgain(GcRun run) {
    boolean deleted =
        context.transaction(
            connection -> {
              if (!DeletionTable.isEmpty(connection, run.id())) {
                mark.planAgain(connection);
                return true;
              }
              return false;
            });
    if (deleted) {
      mark.run(context.marking(run));
    }
  }

  GcUndoResult undo(long run) {
    // What is undone must not be continued later.
    context.write(
        connection -> {
          Optional<GcRun> unfinished = RunTable.unfinished(connection);
          if (unfinished.isPresent()) {
            abandon(connection, unfinished.get());
          }
        });
    return new GcUndo(buckets, context).run(run);
  }

  private GcRun resumeOrStart(NamespaceIds namespaces) {
    Instant now = context.now();
    List<Path> roots = RootFile.find(settings.roots());
    // A run that was started with others is not continued.
    String inputs =
        "full=%s grace=%s roots=%s readers=%s"
            .formatted(
                settings.full(),
                settings.grace(),
                // There can be many.
                Hashing.sha256().hashString(roots.toString(), UTF_8),
                identity.readers());
    return context.transaction(
        connection -> {
          identity.bind(connection, namespaces);
          requireLater(now, RunTable.latestTime(connection));
          Optional<GcRun> unfinished = RunTable.unfinished(connection);
          if (unfinished.isPresent()) {
            GcRun run = unfinished.get();
            if (run.inputs().equals(inputs)
                && run.progressAt().plus(MAX_INTERRUPTION).isAfter(now)) {
              return run;
            }
            abandon(connection, run);
          }
          return start(connection, now, inputs, roots);
        });
  }

  /** Times in the state file decide what can be deleted. */
  private static void requireLater(Instant now, Instant latest) {
    if (now.plus(CLOCK_DIFFERENCE).isBefore(latest)) {
      throw new LifecycleException(
          "This machine's clock says %s, but the state file was written at %s: set the clock"
              .formatted(now, latest));
    }
  }

  private static void abandon(Connection connection, GcRun run) throws SQLException {
    RunTable.abandon(connection, run.id());
    CandidateTable.removeFirstFoundBy(connection, run.id());
  }

  private GcRun start(Connection connection, Instant now, String inputs, List<Path> roots)
      throws SQLException {
    StepTable.clear(connection);
    Counter.clear(connection);
    if (settings.full()) {
      MarkTable.clear(connection);
    } else {
      MarkTable.startAnew(connection);
    }
    BucketTable.clear(connection);
    long id = RunTable.start(connection, now, inputs);
    mark.plan(connection, roots);
    return new GcRun(id, GcPhase.MARK, inputs, Instant.ofEpochMilli(now.toEpochMilli()), now);
  }

  private GcRun complete(GcRun run) {
    return context.enter(
        run,
        GcPhase.SWEEP,
        connection -> {
          CandidateTable.removeOthers(connection, run.id());
          MarkTable.removeUnlisted(connection, run.id());
          RunTable.complete(connection, run.id(), context.now());
        });
  }

  private GcResult finish(GcRun run) {
    GcResult result = context.transaction(connection -> result(connection, run));
    var unused = context.enter(run, GcPhase.DONE, connection -> {});
    return result;
  }

  private GcResult result(Connection connection, GcRun run) throws SQLException {
    StoredAmount garbage = StoredAmount.NONE;
    for (OfBucket ripe :
        CandidateTable.ripeTotals(connection, run.id(), sweep.completedUntil(run))) {
      garbage = garbage.plus(ripe.totals());
    }
    return new GcResult(
        run.id(),
        RUNS.read(connection) + KEPT_RUNS.read(connection),
        KEPT_RUNS.read(connection),
        OTHER_ITEMS.read(connection),
        VANISHED.read(connection),
        REFERENCES.read(connection),
        OBJECTS.read(connection),
        REFERENCED.read(connection),
        YOUNG.read(connection),
        garbage,
        CandidateTable.quarantines(
            connection, run.id(), sweep.completedUntil(run), settings.grace()),
        DeletionTable.totals(connection, run.id(), State.DELETED)
            .plus(DeletionTable.totals(connection, run.id(), State.UNKNOWN)),
        repair.restored(),
        repair.lost(),
        CHANGED.read(connection));
  }

  @Override
  public void close() {
    context.threads().close();
    context.state().close();
  }
}
