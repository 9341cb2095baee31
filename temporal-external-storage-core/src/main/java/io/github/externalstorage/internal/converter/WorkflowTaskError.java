package io.github.externalstorage.internal.converter;

import io.github.externalstorage.driver.StorageException;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.util.function.Supplier;

/**
 * Fails a workflow task, which Temporal then retries. It is an {@link Error} so that workflow code
 * does not catch it: the replay, in which the request does not fail, would take another path.
 */
final class WorkflowTaskError extends Error {

  private static final long serialVersionUID = 1L;

  private WorkflowTaskError(StorageException failure) {
    super(failure.getMessage(), failure);
  }

  /** On workflow threads, turns a {@link StorageException} into a {@link WorkflowTaskError}. */
  static <T> T guard(Supplier<T> operation) {
    try {
      return operation.get();
    } catch (StorageException e) {
      if (WorkflowUnsafe.isWorkflowThread()) {
        throw new WorkflowTaskError(e);
      }
      throw e;
    }
  }
}
