package io.github.externalstorage.benchmarks.workflows;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.options.StartupCheck;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/** The Temporal server that the environment names. */
final class Temporal {

  private final WorkflowServiceStubs service =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder()
              .setTarget(System.getenv("TEMPORAL_ADDRESS"))
              .build());

  WorkflowClient client(
      DataConverter converter, ExternalStorage storage, ExternalStorageRoute route) {
    return WorkflowClient.newInstance(
        service,
        WorkflowClientOptions.newBuilder()
            .setDataConverter(converter)
            .setPlugins(
                ExternalStoragePlugin.newBuilder(storage)
                    .setRoute(route)
                    .setStartupCheck(StartupCheck.OFF)
                    .build())
            .build());
  }
}
