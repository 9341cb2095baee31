package io.github.externalstorage.interop;

import static java.util.stream.Collectors.toCollection;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Small objects that are stored without a worker. */
final class PlantedObjects {

  private final GcWorld world;
  private final String namespace;
  private final Participant planter;

  PlantedObjects(GcWorld world, String shortName) {
    this.world = world;
    namespace = world.in(shortName).namespace();
    planter = world.enter(Participant.storingAll(world.in(shortName)));
  }

  /** Stores objects, and starts a workflow that refers to them. Returns their keys. */
  Set<String> referred(int count) {
    List<Payload> references = store(Names.unique("referred"), count);
    start(Names.unique("planted"), references);
    return keys(references);
  }

  /** Stores objects that nothing refers to. Returns their keys. */
  Set<String> unreferred(int count) {
    return keys(store(Names.unique("unreferred"), count));
  }

  /** Stores payloads as a client does that starts a workflow with this id. */
  List<Payload> store(String workflowId, int count) {
    StorageDriverStoreContext context =
        StorageDriverStoreContext.of(
            new StorageDriverWorkflowInfo(namespace, workflowId, "", "Planted"));
    return planter
        .storage()
        .store(
            context,
            IntStream.range(0, count)
                .mapToObj(
                    number ->
                        Payload.newBuilder()
                            .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
                            .setData(ByteString.copyFromUtf8(workflowId + " " + number))
                            .build())
                .toList())
        .join();
  }

  /** Starts a workflow that no worker runs. */
  void start(String workflowId, List<Payload> input) {
    var unused =
        world
            .temporal()
            .startWorkflowExecution(
                StartWorkflowExecutionRequest.newBuilder()
                    .setNamespace(namespace)
                    .setRequestId(workflowId)
                    .setWorkflowId(workflowId)
                    .setWorkflowType(WorkflowType.newBuilder().setName("Planted"))
                    .setTaskQueue(TaskQueue.newBuilder().setName("nobody"))
                    .setInput(Payloads.newBuilder().addAllPayloads(input))
                    .build());
  }

  static Set<String> keys(List<Payload> references) {
    return references.stream()
        .map(reference -> StorageReference.parse(reference).orElseThrow())
        .map(reference -> reference.claim().getClaimData().getOrDefault("key", ""))
        .collect(toCollection(TreeSet::new));
  }
}
