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
import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hashing;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.gc.CandidateTable.OfBucket;
import io.github.externalstorage.lifecycle.gc.DeletionTable.State;
import io.github.externalstorage.lifecycle.gc.RunTable.GcRun;
import io.github.externalstorage.lifecycle.gc.ScanPhase.BucketPrefixes;
import io.github.externalstorage.lifecycle.internal.marks.MarkPhase;
import io.github.externalstorage.lifecycle.internal.marks.MarkTable;
import io.github.externalstorage.lifecycle.internal.state.Counter;
import io.github.externalstorage.lifecycle.internal.state.Sql;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.internal.state.StepTable;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;
import io.github.externalstorage.lifecycle.internal.temporal.NamespaceIds;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
      run = beginScan(run, scan.prefixes());
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
        context
            .state()
            .transaction(
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
    context
        .state()
        .write(
            connection -> {
              Optional<GcRun> unfinished = RunTable.unfinished(connection);
              if (unfinished.isPresent()) {
                abandon(connection, unfinished.get());
              }
            });
    return new GcUndo(buckets, context).run(run);
  }

  private GcRun resumeOrStart(NamespaceIds namespaces) {
    Instant now = settings.clock().instant();
    List<Path> roots = rootFiles();
    // A run that was started with others is not continued.
    String inputs =
        "full=%s grace=%s roots=%s readers=%s"
            .formatted(
                settings.full(),
                settings.grace(),
                // There can be many.
                Hashing.sha256().hashString(roots.toString(), UTF_8),
                identity.readers());
    return context
        .state()
        .transaction(
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
    Sql.execute(connection, "DELETE FROM bucket");
    long id = RunTable.start(connection, now, inputs);
    mark.plan(connection, roots);
    return new GcRun(id, GcPhase.MARK, inputs, Instant.ofEpochMilli(now.toEpochMilli()), now);
  }

  private GcRun beginScan(GcRun run, List<BucketPrefixes> prefixes) {
    context.commit(run, GcPhase.SCAN, connection -> scan.plan(connection, prefixes));
    return run.in(GcPhase.SCAN);
  }

  private GcRun complete(GcRun run) {
    context.commit(
        run,
        GcPhase.SWEEP,
        connection -> {
          CandidateTable.removeOthers(connection, run.id());
          MarkTable.removeUnlisted(connection, run.id());
          RunTable.complete(connection, run.id(), settings.clock().instant());
        });
    return run.in(GcPhase.SWEEP);
  }

  private GcResult finish(GcRun run) {
    List<GcResult> result = new ArrayList<>();
    context.commit(run, GcPhase.DONE, connection -> result.add(result(connection, run)));
    return result.get(0);
  }

  private GcResult result(Connection connection, GcRun run) throws SQLException {
    Map<Counter, Long> counts = Counter.read(connection);
    GcTotals garbage = GcTotals.NONE;
    for (OfBucket ripe :
        CandidateTable.ripeTotals(connection, run.id(), sweep.completedUntil(run))) {
      garbage = garbage.plus(ripe.totals());
    }
    return new GcResult(
        run.id(),
        count(counts, RUNS) + count(counts, KEPT_RUNS),
        count(counts, KEPT_RUNS),
        count(counts, OTHER_ITEMS),
        count(counts, VANISHED),
        count(counts, REFERENCES),
        count(counts, OBJECTS),
        count(counts, REFERENCED),
        count(counts, YOUNG),
        garbage,
        CandidateTable.quarantines(
            connection, run.id(), sweep.completedUntil(run), settings.grace()),
        DeletionTable.totals(connection, run.id(), State.DELETED)
            .plus(DeletionTable.totals(connection, run.id(), State.UNKNOWN)),
        repair.restored(),
        repair.lost(),
        count(counts, CHANGED));
  }

  private static long count(Map<Counter, Long> counts, Counter counter) {
    return requireNonNull(counts.get(counter));
  }

  /** All files of roots, those in folders too. */
  private List<Path> rootFiles() {
    List<Path> files = new ArrayList<>();
    for (Path root : settings.roots()) {
      int before = files.size();
      try (Stream<Path> found = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
        found.filter(Files::isRegularFile).map(Path::toAbsolutePath).sorted().forEach(files::add);
      } catch (IOException | UncheckedIOException e) {
        throw new LifecycleException("The history %s can't be read: %s".formatted(root, e), e);
      }
      if (files.size() == before) {
        throw new LifecycleException(
            "There is no file in %s: is it mounted? If it has no histories, leave it out"
                .formatted(root));
      }
    }
    return files;
  }

  @Override
  public void close() {
    context.threads().close();
    context.state().close();
  }
}
