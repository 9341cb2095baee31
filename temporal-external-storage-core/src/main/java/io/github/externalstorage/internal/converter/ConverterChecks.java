package io.github.externalstorage.internal.converter;

import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.common.interceptors.ScheduleClientCallsInterceptor;
import io.temporal.common.interceptors.ScheduleClientInterceptor;
import io.temporal.common.interceptors.WorkflowClientCallsInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptor;
import io.temporal.common.interceptors.WorkflowClientInterceptorBase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks the data converter of a client when the client is built, since later plugins may have
 * changed it. The checks are interceptors, because the SDK calls those at that time.
 */
public final class ConverterChecks {

  private ConverterChecks() {}

  /** Adds the check; replaces that of an earlier client with the same options. */
  public static void addTo(WorkflowClientOptions.Builder options) {
    WorkflowClientInterceptor @Nullable [] existing = options.build().getInterceptors();
    List<WorkflowClientInterceptor> all =
        existing == null ? new ArrayList<>() : new ArrayList<>(Arrays.asList(existing));
    all.removeIf(WorkflowClientCheck.class::isInstance);
    all.add(new WorkflowClientCheck(options));
    options.setInterceptors(all.toArray(new WorkflowClientInterceptor[0]));
  }

  /** As for a workflow client. */
  public static void addTo(ScheduleClientOptions.Builder options) {
    List<ScheduleClientInterceptor> all = new ArrayList<>(options.build().getInterceptors());
    all.removeIf(ScheduleClientCheck.class::isInstance);
    all.add(new ScheduleClientCheck(options));
    options.setInterceptors(all);
  }

  private static final class WorkflowClientCheck extends WorkflowClientInterceptorBase {
    private final WorkflowClientOptions.Builder options;

    private WorkflowClientCheck(WorkflowClientOptions.Builder options) {
      this.options = options;
    }

    @Override
    public WorkflowClientCallsInterceptor workflowClientCallsInterceptor(
        WorkflowClientCallsInterceptor next) {
      StorageDataConverter.requireLast(options.build().getDataConverter());
      return next;
    }
  }

  private record ScheduleClientCheck(ScheduleClientOptions.Builder options)
      implements ScheduleClientInterceptor {

    @Override
    public ScheduleClientCallsInterceptor scheduleClientCallsInterceptor(
        ScheduleClientCallsInterceptor next) {
      StorageDataConverter.requireLast(options.build().getDataConverter());
      return next;
    }
  }
}
