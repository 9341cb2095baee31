package io.github.externalstorage.internal.converter;

import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.worker.WorkerFactoryOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds an interceptor to options whose setter replaces all interceptors. */
public final class WorkerInterceptors {

  private WorkerInterceptors() {}

  public static void addOnce(WorkerFactoryOptions.Builder options, WorkerInterceptor interceptor) {
    WorkerInterceptor @Nullable [] existing = options.build().getWorkerInterceptors();
    List<WorkerInterceptor> all =
        existing == null ? new ArrayList<>() : new ArrayList<>(Arrays.asList(existing));
    if (all.stream().noneMatch(interceptor.getClass()::isInstance)) {
      all.add(interceptor);
      options.setWorkerInterceptors(all.toArray(new WorkerInterceptor[0]));
    }
  }
}
