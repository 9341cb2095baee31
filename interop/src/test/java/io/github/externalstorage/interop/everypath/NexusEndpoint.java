package io.github.externalstorage.interop.everypath;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.nexus.v1.EndpointSpec;
import io.temporal.api.nexus.v1.EndpointTarget;
import io.temporal.api.operatorservice.v1.CreateNexusEndpointRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;

/** The endpoint through which the workflow calls its own worker. */
final class NexusEndpoint {

  private NexusEndpoint() {}

  static void make(EveryPathStarter starter) {
    EndpointSpec spec =
        EndpointSpec.newBuilder()
            .setName(starter.taskQueue())
            .setTarget(
                EndpointTarget.newBuilder()
                    .setWorker(
                        EndpointTarget.Worker.newBuilder()
                            .setNamespace(starter.workflows().getOptions().getNamespace())
                            .setTaskQueue(starter.taskQueue())))
            .build();
    try {
      var unused =
          OperatorServiceGrpc.newBlockingStub(
                  starter.workflows().getWorkflowServiceStubs().getRawChannel())
              .createNexusEndpoint(CreateNexusEndpointRequest.newBuilder().setSpec(spec).build());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.ALREADY_EXISTS) {
        throw e;
      }
    }
  }
}
