package io.github.externalstorage.benchmarks.micro;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;

/** The data converter that a worker uses. */
public enum Converters {
  /** Without external storage. */
  BARE {
    @Override
    DataConverter create() {
      return DefaultDataConverter.STANDARD_INSTANCE;
    }
  },
  NATIVE {
    @Override
    DataConverter create() {
      return configured(ExternalStorageRoute.NATIVE);
    }
  },
  CODEC {
    @Override
    DataConverter create() {
      return configured(ExternalStorageRoute.CODEC);
    }
  };

  abstract DataConverter create();

  private static DataConverter configured(ExternalStorageRoute route) {
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(InMemoryStorageDriver.newBuilder().build()).build();
    WorkflowClientOptions.Builder options = WorkflowClientOptions.newBuilder();
    ExternalStoragePlugin.newBuilder(storage)
        .setRoute(route)
        .build()
        .configureWorkflowClient(options);
    return options.build().getDataConverter();
  }
}
