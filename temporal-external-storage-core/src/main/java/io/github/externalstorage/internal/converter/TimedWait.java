package io.github.externalstorage.internal.converter;

import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.internal.pipeline.PayloadSize;
import io.github.externalstorage.internal.pipeline.SlowCalls;
import io.github.externalstorage.internal.pipeline.StoragePipeline;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures how long a conversion waits for the storage, to log when that is long. */
record TimedWait(StoragePipeline pipeline, Operation operation, List<Payload> payloads) {

  /**
   * @param target what the payloads belong to, null if unknown
   * @param wait returns the payloads in their order, stored or retrieved
   */
  List<Payload> run(@Nullable StorageDriverTargetInfo target, Supplier<List<Payload>> wait) {
    SlowCalls slowCalls = pipeline.slowCalls();
    long start = slowCalls.start();
    List<Payload> result = List.of();
    try {
      result = wait.get();
      return result;
    } finally {
      slowCalls.ended(start, operation, origin(target), count(), bytes(result));
    }
  }

  private static SlowCalls.Origin origin(@Nullable StorageDriverTargetInfo target) {
    SlowCalls.TaskId task = null;
    if (WorkflowUnsafe.isWorkflowThread()) {
      WorkflowInfo info = Workflow.getInfo();
      task = new SlowCalls.TaskId(info.getRunId(), info.getHistoryLength());
    }
    return target == null
        ? new SlowCalls.Origin(null, null, task)
        : new SlowCalls.Origin(target.namespace(), target.id(), task);
  }

  private int count() {
    int count = 0;
    for (Payload payload : payloads) {
      count += isExternal(payload) ? 1 : 0;
    }
    return count;
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
        ? PayloadSize.isAtLeast(payload, pipeline.payloadSizeThreshold())
        : StorageReference.isReference(payload);
  }
}
