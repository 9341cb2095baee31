package io.github.externalstorage.internal.converter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.StubStorageDriver;
import io.temporal.common.interceptors.WorkerInterceptor;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.worker.WorkerFactoryOptions;
import org.junit.jupiter.api.Test;

/** The interceptor that the plugin adds to a worker factory. */
class ActivityTargetInterceptorTest {

  private final ExternalStoragePlugin plugin =
      new ExternalStoragePlugin(
          ExternalStorage.newBuilder().setDriver(new StubStorageDriver("stub")).build());

  @Test
  void isAddedWhereThereAreNone() {
    WorkerFactoryOptions.Builder options = WorkerFactoryOptions.newBuilder();

    plugin.configureWorkerFactory(options);

    assertThat(options.build().getWorkerInterceptors())
        .hasExactlyElementsOfTypes(ActivityTargetInterceptor.class);
  }

  @Test
  void isAddedOnceBehindThoseThatAreThere() {
    WorkerInterceptor first = new WorkerInterceptorBase();
    WorkerInterceptor second = new WorkerInterceptorBase();
    WorkerFactoryOptions.Builder options =
        WorkerFactoryOptions.newBuilder().setWorkerInterceptors(first, second);

    plugin.configureWorkerFactory(options);
    plugin.configureWorkerFactory(options);
    WorkerFactoryOptions.Builder again = WorkerFactoryOptions.newBuilder(options.build());
    plugin.configureWorkerFactory(again);

    assertThat(again.build().getWorkerInterceptors())
        .startsWith(first, second)
        .hasExactlyElementsOfTypes(
            WorkerInterceptorBase.class,
            WorkerInterceptorBase.class,
            ActivityTargetInterceptor.class);
  }
}
