package io.github.externalstorage.s3;

import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.github.externalstorage.options.StorageListener;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Makes one operation after the other fail and then succeed: after its first attempt, or after its
 * last attempt if the fault lasts.
 */
final class FaultDrill implements StorageListener {

  private final FailureMode mode;
  private final FailingS3 s3;
  private final boolean isLasting;
  private final Queue<Operation> stages;
  private final List<Throwable> retried = new ArrayList<>();
  private final List<Throwable> failed = new ArrayList<>();

  FaultDrill(FailureMode mode, FailingS3 s3, boolean isLasting) {
    this.mode = mode;
    this.s3 = s3;
    this.isLasting = isLasting;
    stages = new ArrayDeque<>(mode.stages());
    beginStage();
  }

  @Override
  public synchronized void onRetried(StorageEvent event, Throwable failure) {
    retried.add(failure);
    if (!isLasting) {
      mode.interference().end(s3);
    }
  }

  @Override
  public synchronized void onFailed(StorageEvent event, Throwable failure) {
    failed.add(failure);
    mode.interference().end(s3);
  }

  @Override
  public void onStored(StorageEvent event) {
    succeeded(event.getOperation());
  }

  @Override
  public void onRetrieved(StorageEvent event) {
    succeeded(event.getOperation());
  }

  /** The failures of attempts that were retried. */
  synchronized List<Throwable> retried() {
    return List.copyOf(retried);
  }

  /** The failures that were passed to the SDK. */
  synchronized List<Throwable> failed() {
    return List.copyOf(failed);
  }

  /** Whether each operation has failed and then succeeded. */
  synchronized boolean isOver() {
    return stages.isEmpty();
  }

  private synchronized void succeeded(Operation operation) {
    if (operation == stages.peek()) {
      stages.remove();
      beginStage();
    }
  }

  private void beginStage() {
    Operation next = stages.peek();
    if (next != null) {
      mode.interference().begin(s3, next == Operation.STORE ? "PUT" : "GET");
    }
  }
}
