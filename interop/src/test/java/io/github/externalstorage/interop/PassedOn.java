package io.github.externalstorage.interop;

import com.google.common.base.Strings;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Workflows that pass large payloads on unchanged. */
public final class PassedOn {

  /** 300 KB, as text. */
  static final String DETAILS = Strings.repeat("0123456789", 30_000);

  private PassedOn() {}

  /** Fails as its child does. */
  @WorkflowInterface
  public interface ParentWorkflow {

    /** Runs a child whose worker serves that task queue. */
    @WorkflowMethod(name = "PassedOnParent")
    void run(String childTaskQueue);

    /** The implementation. */
    final class Impl implements ParentWorkflow {

      @Override
      public void run(String childTaskQueue) {
        Workflow.newChildWorkflowStub(
                ChildWorkflow.class,
                ChildWorkflowOptions.newBuilder().setTaskQueue(childTaskQueue).build())
            .run();
      }
    }
  }

  /** Fails with large details. */
  @WorkflowInterface
  public interface ChildWorkflow {

    /** Fails. */
    @WorkflowMethod(name = "PassedOnChild")
    void run();

    /** The implementation. */
    final class Impl implements ChildWorkflow {

      @Override
      public void run() {
        throw ApplicationFailure.newNonRetryableFailure("On purpose", "OnPurpose", DETAILS);
      }
    }
  }

  /** Returns its input unchanged. */
  @WorkflowInterface
  public interface RawWorkflow {

    /** Returns the value. */
    @WorkflowMethod(name = "PassedOnRaw")
    RawValue run(RawValue value);

    /** The implementation. */
    final class Impl implements RawWorkflow {

      @Override
      public RawValue run(RawValue value) {
        return value;
      }
    }
  }
}
