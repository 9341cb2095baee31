package io.github.externalstorage.internal.converter;

import com.google.common.base.Ascii;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.pipeline.SlowCalls;
import io.github.externalstorage.internal.pipeline.StoragePipeline;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for storage on the calling thread, and logs a long wait. The SDK's deadlock detector is
 * turned off meanwhile: it fails workflow threads that do not yield for a second.
 *
 * @param limit the longest time to wait
 * @param payloads what is converted
 */
record StorageWait(
    StoragePipeline pipeline, Duration limit, Operation operation, List<Payload> payloads) {

  /**
   * Makes the calls and waits for their results.
   *
   * @param target what the payloads belong to, null if unknown
   * @param calls one for each payload, in their order
   */
  List<Payload> run(
      @Nullable StorageDriverTargetInfo target, List<Supplier<CompletableFuture<Payload>>> calls) {
    long start = pipeline.slowCalls().start();
    List<Payload> result = List.of();
    try {
      // Making a request takes time, too: the first one initializes the client.
      Supplier<List<Payload>> waiting =
          () -> await(Futures.sideBySide(CancellationToken.none(), calls, Supplier::get));
      result = WorkflowUnsafe.deadlockDetectorOff(waiting::get);
      return result;
    } finally {
      pipeline
          .slowCalls()
          .ended(
              start,
              operation,
              SlowCalls.Origin.of(target, currentTask()),
              (int) payloads.stream().filter(this::isExternal).count(),
              bytes(result));
    }
  }

  private List<Payload> await(CompletableFuture<List<Payload>> future) {
    try {
      // Unlike toNanos, this does not overflow.
      return future.get(TimeUnit.NANOSECONDS.convert(limit), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException e) {
      throw failure(Futures.explained(e));
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new StorageException(
          Reason.UNAVAILABLE,
          true,
          "The external storage did not %s within %s; see ExternalStorageCodec's setMaxWait"
              .formatted(verb(), limit),
          e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new StorageException(
          Reason.UNAVAILABLE,
          true,
          "Interrupted while waiting for external storage to " + verb(),
          e);
    }
  }

  private RuntimeException failure(Throwable failure) {
    if (failure instanceof StorageException e) {
      return e;
    }
    return new StorageException(
        Reason.MISCONFIGURED,
        false,
        "A storage driver failed to %s with %s, which is not a StorageException"
            .formatted(verb(), failure.getClass().getName()),
        failure);
  }

  private String verb() {
    return Ascii.toLowerCase(operation.name());
  }

  private static SlowCalls.@Nullable TaskId currentTask() {
    if (!WorkflowUnsafe.isWorkflowThread()) {
      return null;
    }
    WorkflowInfo info = Workflow.getInfo();
    return new SlowCalls.TaskId(info.getRunId(), info.getHistoryLength());
  }

  /**
   * @param result empty if the call failed; then the size of what was to be retrieved is unknown
   */
  private long bytes(List<Payload> result) {
    List<Payload> contents = operation == Operation.STORE ? payloads : result;
    long bytes = 0;
    for (int i = 0; i < contents.size(); i++) {
      bytes += isExternal(payloads.get(i)) ? contents.get(i).getSerializedSize() : 0;
    }
    return bytes;
  }

  private boolean isExternal(Payload payload) {
    return operation == Operation.STORE
        ? pipeline.isLarge(payload)
        : StorageReference.isReference(payload);
  }
}
