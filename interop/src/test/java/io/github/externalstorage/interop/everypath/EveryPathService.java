package io.github.externalstorage.interop.everypath;

import io.nexusrpc.Operation;
import io.nexusrpc.Service;
import io.nexusrpc.handler.OperationHandler;
import io.nexusrpc.handler.OperationImpl;
import io.nexusrpc.handler.ServiceImpl;
import io.temporal.client.WorkflowOptions;
import io.temporal.nexus.Nexus;
import io.temporal.nexus.WorkflowRunOperation;

/** The Nexus service: one operation that returns at once, one that starts a workflow. */
@Service
public interface EveryPathService {

  @Operation
  Cargo exchange(Cargo cargo);

  @Operation
  Cargo run(Cargo cargo);

  /** The implementation. */
  @ServiceImpl(service = EveryPathService.class)
  final class Impl {

    @OperationImpl
    public OperationHandler<Cargo, Cargo> exchange() {
      return OperationHandler.sync((context, details, cargo) -> cargo.toResult());
    }

    @OperationImpl
    public OperationHandler<Cargo, Cargo> run() {
      return WorkflowRunOperation.fromWorkflowMethod(
          (context, details, cargo) ->
              Nexus.getOperationContext()
                      .getWorkflowClient()
                      .newWorkflowStub(
                          EveryPathExchangeWorkflow.class,
                          WorkflowOptions.newBuilder()
                              .setWorkflowId("every-path-" + cargo.run() + "-nexus")
                              .build())
                  ::run);
    }
  }
}
