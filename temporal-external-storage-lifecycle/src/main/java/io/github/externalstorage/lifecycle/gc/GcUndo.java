package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.gc.DeletionTable.Deletion;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;

/** Restores what a run has deleted, where the storage still has it. */
final class GcUndo {

  private static final int BATCH = 100;

  private final Buckets buckets;
  private final GcContext context;
  private long restored;
  private long lost;
  private long unknown;

  GcUndo(Buckets buckets, GcContext context) {
    this.buckets = buckets;
    this.context = context;
  }

  /**
   * Restores.
   *
   * @throws LifecycleException if there was no such run, or the storage can't be accessed
   */
  GcUndoResult run(long run) {
    requireRun(run);
    context.eachBatch(
        Deletion.before(run),
        DeletionTable::ofRun,
        BATCH,
        batch -> context.threads().each(batch, this::undo));
    return new GcUndoResult(restored, lost, unknown);
  }

  private void requireRun(long run) {
    if (!context.transaction(connection -> RunTable.exists(connection, run))) {
      throw new LifecycleException("The state file has no run " + run);
    }
  }

  private void undo(Deletion deletion) {
    switch (deletion.state()) {
      case DELETED -> {
        boolean done = !deletion.undoToken().isEmpty() && restore(deletion);
        if (done) {
          context.write(
              connection -> DeletionTable.setRestored(connection, deletion, context.now()));
        }
        report(done, deletion, "the storage did not keep it");
      }
      case INTENDED, UNKNOWN -> {
        synchronized (this) {
          unknown++;
        }
        notRestored(
            deletion,
            "the run was interrupted while it deleted the object, or a response was lost");
      }
      case CHANGED, RESTORED -> {}
    }
  }

  private synchronized void report(boolean done, Deletion deletion, String reason) {
    if (done) {
      restored++;
    } else {
      lost++;
      notRestored(deletion, reason);
    }
  }

  private void notRestored(Deletion deletion, String reason) {
    synchronized (context.listener()) {
      context.listener().onNotRestored(deletion.bucket(), deletion.key(), reason);
    }
  }

  private boolean restore(Deletion deletion) {
    try {
      buckets.require(deletion.bucket()).restore(deletion.key(), deletion.undoToken());
      return true;
    } catch (StorageException e) {
      if (e.getReason() == Reason.NOT_FOUND) {
        return false;
      }
      throw new LifecycleException("An object could not be restored: " + e.getMessage(), e);
    }
  }
}
