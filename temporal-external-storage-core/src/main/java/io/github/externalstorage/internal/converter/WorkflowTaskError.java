package io.github.externalstorage.internal.converter;

import io.github.externalstorage.driver.StorageException;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import java.util.function.Supplier;

/**
 * Fails a workflow task, which Temporal then tries again. It is an {@link Error} so that workflow
 * code does not catch it: code that went another way because a request failed would not go there
 * again when it replays, and nothing fails.
 */
public final class WorkflowTaskError extends Error {

  private static final long serialVersionUID = 1L;

  private WorkflowTaskError(StorageException failure) {
    super(failure.getMessage(), failure);
  }

  /** Lets a {@link StorageException} out only where it can do no harm. */
  public static <T> T guard(Supplier<T> operation) {
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
