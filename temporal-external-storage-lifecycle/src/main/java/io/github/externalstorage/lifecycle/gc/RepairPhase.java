package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.gc.DeletionTable.Deletion;
import io.github.externalstorage.lifecycle.gc.RunTable.GcRun;
import io.github.externalstorage.lifecycle.internal.marks.MarkTable;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;
import io.github.externalstorage.lifecycle.internal.storage.Buckets.Bucket;
import java.util.List;
import java.util.Set;

/**
 * Restores what this run or an earlier one deleted, but something refers to now. The drivers of
 * some SDKs don't write an object that exists, so nothing shows that it came into use again after
 * it was found to be unused.
 */
final class RepairPhase {

  private static final int BATCH = 1000;

  private final Buckets buckets;
  private final boolean restores;
  private final GcContext context;
  private long restored;
  private long lost;

  /**
   * @param restores whether to restore, or only to report
   */
  RepairPhase(Buckets buckets, boolean restores, GcContext context) {
    this.buckets = buckets;
    this.restores = restores;
    this.context = context;
  }

  long restored() {
    return restored;
  }

  long lost() {
    return lost;
  }

  /**
   * Restores.
   *
   * @throws LifecycleException if the storage can't be accessed
   */
  void run(GcRun run) {
    context.eachBatch(
        Deletion.before(0), DeletionTable::deleted, BATCH, batch -> repair(batch, run));
  }

  private void repair(List<Deletion> batch, GcRun run) {
    List<String> keys = batch.stream().map(Deletion::key).toList();
    Set<String> marked =
        context.transaction(connection -> MarkTable.marked(connection, keys, run.id()));
    for (Deletion deletion : batch) {
      if (marked.contains(deletion.key())) {
        repair(deletion);
      }
    }
  }

  private void repair(Deletion deletion) {
    Bucket bucket = buckets.require(deletion.bucket());
    try {
      if (bucket.exists(deletion.key())) {
        setRestored(deletion);
      } else if (!restores) {
        report(deletion, "something refers to it again; a run that deletes restores it");
      } else if (deletion.undoToken().isEmpty()) {
        report(deletion, "something refers to it again, but the storage did not keep it");
      } else {
        bucket.restore(deletion.key(), deletion.undoToken());
        setRestored(deletion);
        restored++;
      }
    } catch (StorageException e) {
      if (e.getReason() != Reason.NOT_FOUND) {
        throw new LifecycleException(
            "An object that something refers to again could not be restored: " + e.getMessage(), e);
      }
      report(deletion, "something refers to it again, but the storage no longer has it");
    }
  }

  private void setRestored(Deletion deletion) {
    context.write(connection -> DeletionTable.setRestored(connection, deletion, context.now()));
  }

  private void report(Deletion deletion, String reason) {
    lost++;
    synchronized (context.listener()) {
      context.listener().onNotRestored(deletion.bucket(), deletion.key(), reason);
    }
  }
}
