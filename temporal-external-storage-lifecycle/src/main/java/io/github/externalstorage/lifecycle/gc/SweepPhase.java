package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectDeletion;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.gc.CandidateTable.Candidate;
import io.github.externalstorage.lifecycle.gc.CandidateTable.OfBucket;
import io.github.externalstorage.lifecycle.gc.DeletionTable.State;
import io.github.externalstorage.lifecycle.gc.RunTable.GcRun;
import io.github.externalstorage.lifecycle.internal.state.Counter;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Deletes what was a candidate long enough. Each deletion is written to the state file before and
 * after it is made.
 */
final class SweepPhase {

  private static final int BATCH = 100;

  private final Buckets buckets;
  private final Duration grace;
  private final long maxObjects;
  private final double maxShare;
  private final GcContext context;

  /**
   * @param maxObjects how many objects a run may delete
   * @param maxShare how many of a bucket's objects a run may delete, as a part of 1
   */
  SweepPhase(Buckets buckets, Duration grace, long maxObjects, double maxShare, GcContext context) {
    this.buckets = buckets;
    this.grace = grace;
    this.maxObjects = maxObjects;
    this.maxShare = maxShare;
    this.context = context;
  }

  /** Until when the run must have been completed that found first what this run may delete. */
  Instant completedUntil(GcRun run) {
    return run.startedAt().minus(grace);
  }

  /** Passes on what would be deleted, in the order of buckets and keys. */
  void list(GcRun run, Consumer<GcObject> consumer) {
    eachBatch(run, batch -> batch.forEach(candidate -> consumer.accept(describe(candidate))));
  }

  /**
   * Deletes.
   *
   * @throws LifecycleException if this is more than is allowed, and nothing is deleted; or if a
   *     deletion fails
   */
  void run(GcRun run) {
    requireWithinLimits(run);
    eachBatch(run, batch -> delete(run, batch));
  }

  private void requireWithinLimits(GcRun run) {
    long before =
        context.transaction(
            connection -> DeletionTable.totals(connection, run.id(), State.DELETED).objects());
    List<String> exceeded =
        context.transaction(
            connection -> {
              List<String> messages = new ArrayList<>();
              long all = 0;
              for (OfBucket ripe :
                  CandidateTable.ripeTotals(connection, run.id(), completedUntil(run))) {
                long objects =
                    ripe.totals().objects()
                        + DeletionTable.deleted(connection, run.id(), ripe.bucket());
                all += objects;
                long listed = BucketTable.objects(connection, ripe.bucket());
                if (objects > maxShare * listed) {
                  messages.add(
                      "%,d of the %,d objects in the bucket '%s', more than %s %% (--max-share)"
                          .formatted(objects, listed, ripe.bucket(), percent(maxShare)));
                }
              }
              if (all > maxObjects) {
                messages.add(
                    "%,d objects, more than %,d (--max-objects)".formatted(all, maxObjects));
              }
              return messages;
            });
    if (!exceeded.isEmpty()) {
      throw new LifecycleException(
          "%s, since this run would delete %s. If that is right, raise the limit"
              .formatted(
                  before == 0
                      ? "Nothing was deleted"
                      : "After %,d objects, no more were deleted".formatted(before),
                  String.join("; and ", exceeded)));
    }
  }

  private static String percent(double share) {
    return String.valueOf(Math.round(share * 10_000) / 100.0).replaceFirst("\\.0$", "");
  }

  private void eachBatch(GcRun run, Consumer<List<Candidate>> work) {
    context.eachBatch(
        Candidate.FIRST,
        (connection, last, size) ->
            CandidateTable.ripe(connection, run.id(), completedUntil(run), last, size),
        BATCH,
        work);
  }

  private void delete(GcRun run, List<Candidate> batch) {
    context.commit(
        run, connection -> DeletionTable.intend(connection, run.id(), batch, context.now()));
    Map<Candidate, Outcome> outcomes = new HashMap<>();
    context
        .threads()
        .each(
            batch,
            candidate -> {
              Outcome outcome = delete(candidate);
              synchronized (outcomes) {
                outcomes.put(candidate, outcome);
              }
            });
    context.commit(
        run,
        connection -> {
          for (Map.Entry<Candidate, Outcome> entry : outcomes.entrySet()) {
            Candidate candidate = entry.getKey();
            Outcome outcome = entry.getValue();
            DeletionTable.update(
                connection, run.id(), candidate, outcome.state, outcome.undoToken, context.now());
            if (outcome.failure.isEmpty()) {
              CandidateTable.remove(
                  connection, candidate.bucket(), List.of(candidate.object().key()));
              (outcome.state == State.CHANGED ? Counter.CHANGED : Counter.DELETED)
                  .add(connection, 1);
            }
          }
        });
    for (Candidate candidate : batch) {
      Outcome outcome = outcomes.get(candidate);
      if (outcome != null && outcome.state == State.DELETED) {
        context.listener().onDeleted(describe(candidate));
      }
    }
    outcomes.values().stream()
        .flatMap(outcome -> outcome.failure.stream())
        .findFirst()
        .ifPresent(
            failure -> {
              throw new LifecycleException(
                  "An object could not be deleted: " + failure.getMessage(), failure);
            });
  }

  private Outcome delete(Candidate candidate) {
    try {
      ObjectDeletion deletion = buckets.require(candidate.bucket()).delete(candidate.object());
      State changed = deletion.isUnknown() ? State.UNKNOWN : State.CHANGED;
      return new Outcome(
          deletion.deleted() ? State.DELETED : changed, deletion.undoToken(), Optional.empty());
    } catch (StorageException e) {
      return new Outcome(State.UNKNOWN, "", Optional.of(e));
    }
  }

  private static GcObject describe(Candidate candidate) {
    ListedObject object = candidate.object();
    return new GcObject(candidate.bucket(), object.key(), object.sizeBytes(), object.storedAt());
  }

  private record Outcome(State state, String undoToken, Optional<StorageException> failure) {}
}
