package io.github.externalstorage.internal.converter;

import com.google.common.base.Strings;
import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.HasWorkflowSerializationContext;
import io.temporal.payload.context.SerializationContext;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.temporal.workflow.unsafe.WorkflowUnsafe;
import org.jspecify.annotations.Nullable;

/**
 * Determines what a payload belongs to, from the SDK's serialization context, which has no run id,
 * and from the current thread, for which the run id is often known.
 */
final class TargetResolver {

  private TargetResolver() {}

  static @Nullable StorageDriverTargetInfo resolve(@Nullable SerializationContext context) {
    if (!(context instanceof HasWorkflowSerializationContext c)) {
      // Inputs of Nexus operations have no context; they belong to the caller.
      return WorkflowUnsafe.isWorkflowThread() ? ownWorkflow() : CurrentTarget.get();
    }
    if (Strings.isNullOrEmpty(c.getWorkflowId())) {
      return standaloneActivity(c);
    }
    StorageDriverWorkflowInfo own = ownWorkflow();
    return own != null
            && c.getNamespace().equals(own.namespace())
            && c.getWorkflowId().equals(own.id())
        ? own
        : new StorageDriverWorkflowInfo(c.getNamespace(), c.getWorkflowId(), null, workflowType(c));
  }

  private static @Nullable StorageDriverWorkflowInfo ownWorkflow() {
    if (WorkflowUnsafe.isWorkflowThread()) {
      WorkflowInfo info = Workflow.getInfo();
      return new StorageDriverWorkflowInfo(
          info.getNamespace(), info.getWorkflowId(), info.getRunId(), info.getWorkflowType());
    }
    return CurrentTarget.get() instanceof StorageDriverWorkflowInfo workflow ? workflow : null;
  }

  private static StorageDriverTargetInfo standaloneActivity(HasWorkflowSerializationContext c) {
    String type =
        c instanceof ActivitySerializationContext activity ? activity.getActivityType() : null;
    return CurrentTarget.get() instanceof StorageDriverActivityInfo own
            && c.getNamespace().equals(own.namespace())
        ? own
        : new StorageDriverActivityInfo(c.getNamespace(), null, null, type);
  }

  private static @Nullable String workflowType(HasWorkflowSerializationContext c) {
    return c instanceof ActivitySerializationContext activity ? activity.getWorkflowType() : null;
  }
}
