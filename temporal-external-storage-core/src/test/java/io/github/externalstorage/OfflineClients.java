package io.github.externalstorage;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;

/** Clients that the SDK creates, with plugins, without a server. */
final class OfflineClients implements AutoCloseable {

  private final WorkflowServiceStubs stubs =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget("127.0.0.1:1").build());

  WorkflowClient newClient(WorkflowClientOptions options) {
    return WorkflowClient.newInstance(stubs, options);
  }

  ScheduleClient newScheduleClient(ScheduleClientOptions options) {
    return ScheduleClient.newInstance(stubs, options);
  }

  @Override
  public void close() {
    stubs.shutdownNow();
  }
}
