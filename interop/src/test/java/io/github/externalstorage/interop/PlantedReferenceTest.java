package io.github.externalstorage.interop;

import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.interop.everypath.Cargo;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** References as other releases of other SDKs write them, in a real history. */
@InteropTest
final class PlantedReferenceTest {

  private final String name = Names.unique("planted");

  @ParameterizedTest
  @EnumSource(names = {"JAVA_NATIVE", "JAVA_CODEC"})
  void everySpellingResolves(Sdk worker, Stage stage) throws Exception {
    worker.work(stage, name);
    Participant planter = stage.java();
    StorageReference reference = store(planter, Cargo.of(name, "planted-input"));

    for (ReferenceSpelling spelling : ReferenceSpelling.values()) {
      String workflowId = name + "-" + spelling;
      start(planter.workflowClient(), workflowId, spelling.write(reference));
      planter
          .workflowClient()
          .newUntypedWorkflowStub(workflowId)
          .getResult(Cargo.class)
          .expect("planted-result");
    }
  }

  private static StorageReference store(Participant planter, Cargo cargo) {
    Payload payload = Participant.gzip().toPayload(cargo).orElseThrow();
    List<Payload> stored =
        planter.storage().store(StorageDriverStoreContext.empty(), List.of(payload)).join();
    return StorageReference.parse(stored.get(0)).orElseThrow();
  }

  private void start(WorkflowClient client, String workflowId, Payload input) {
    var unused =
        client
            .getWorkflowServiceStubs()
            .blockingStub()
            .startWorkflowExecution(
                StartWorkflowExecutionRequest.newBuilder()
                    .setNamespace(Servers.NAMESPACE)
                    .setRequestId(workflowId)
                    .setWorkflowId(workflowId)
                    .setWorkflowType(WorkflowType.newBuilder().setName("EveryPathExchangeWorkflow"))
                    .setTaskQueue(TaskQueue.newBuilder().setName(name))
                    .setInput(Payloads.newBuilder().addPayloads(input))
                    .build());
  }
}
