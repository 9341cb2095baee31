package io.github.externalstorage.internal.converter;

import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records the run that an activity belongs to, which the SDK's serialization context lacks. */
public final class ActivityTargetInterceptor extends WorkerInterceptorBase {

  /** Adds the interceptor behind those that are there, unless it is one of them. */
  public static void addTo(WorkerFactoryOptions.Builder options) {
    WorkerInterceptor @Nullable [] existing = options.build().getWorkerInterceptors();
    List<WorkerInterceptor> all =
        existing == null ? new ArrayList<>() : new ArrayList<>(Arrays.asList(existing));
    if (all.stream().noneMatch(ActivityTargetInterceptor.class::isInstance)) {
      all.add(new ActivityTargetInterceptor());
      options.setWorkerInterceptors(all.toArray(new WorkerInterceptor[0]));
    }
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new ActivityInboundCallsInterceptorBase(next) {
      @Override
      public void init(ActivityExecutionContext context) {
        // Stays until the thread's next activity: the result is encoded after the interceptors.
        CurrentTarget.set(target(context.getInfo()));
        super.init(context);
      }
    };
  }

  private static StorageDriverTargetInfo target(ActivityInfo info) {
    return info.isInWorkflow()
        ? new StorageDriverWorkflowInfo(
            info.getNamespace(),
            info.getWorkflowId(),
            info.getWorkflowRunId(),
            info.getWorkflowType())
        : new StorageDriverActivityInfo(
            info.getNamespace(),
            info.getActivityId(),
            info.getActivityRunId(),
            info.getActivityType());
  }
}
