package io.github.externalstorage.worker;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.common.v1.WorkflowType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;
import java.util.UUID;

/** References as other SDKs and earlier releases wrote them, in a workflow's input. */
class ReferenceSpellingsTest {

  private static final GzipPayloadCodec GZIP = new GzipPayloadCodec();
  private static final CodecDataConverter CONVERTER =
      new CodecDataConverter(DefaultDataConverter.newDefaultInstance(), List.of(GZIP));

  private final RecordingStorageDriver driver = new RecordingStorageDriver();

  @OnEachRoute
  void workflowReadsEachSpelling(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route)
            .setDriver(driver)
            .setDataConverter(CONVERTER)
            .setWorkflows(JoiningWorkflowImpl.class)
            .start()) {
      start(
          environment,
          encode("inline"),
          reference("compact").toPayload(),
          withLineBreaks(reference("pretty")),
          legacy(reference("legacy")),
          marked(reference("marked")));

      assertThat(environment.client().newUntypedWorkflowStub("spellings").getResult(String.class))
          .isEqualTo("inline compact pretty legacy marked");
    }
  }

  @WorkflowInterface
  public interface JoiningWorkflow {
    @WorkflowMethod(name = "Joining")
    String run(String a, String b, String c, String d, String e);
  }

  public static final class JoiningWorkflowImpl implements JoiningWorkflow {
    @Override
    public String run(String a, String b, String c, String d, String e) {
      return String.join(" ", a, b, c, d, e);
    }
  }

  /** Starts the workflow without a client's converter. */
  private static void start(StorageEnvironment environment, Payload... input) {
    environment
        .client()
        .getWorkflowServiceStubs()
        .blockingStub()
        .startWorkflowExecution(
            StartWorkflowExecutionRequest.newBuilder()
                .setNamespace(environment.server().getNamespace())
                .setWorkflowId("spellings")
                .setRequestId(UUID.randomUUID().toString())
                .setWorkflowType(WorkflowType.newBuilder().setName("Joining"))
                .setTaskQueue(TaskQueue.newBuilder().setName(StorageEnvironment.TASK_QUEUE))
                .setInput(Payloads.newBuilder().addAllPayloads(List.of(input)))
                .build());
  }

  private static Payload encode(String value) {
    return CONVERTER.toPayload(value).orElseThrow();
  }

  private StorageReference reference(String value) {
    Payload payload = encode(value);
    StorageDriverClaim claim = driver.store(StorageDriverStoreContext.empty(), payload).join();
    return new StorageReference(driver.getName(), claim, payload.getSerializedSize());
  }

  /** As the SDK's native storage prints the JSON. */
  private static Payload withLineBreaks(StorageReference reference) {
    Payload payload = reference.toPayload();
    String json = payload.getData().toStringUtf8().replace(",", ",\n  ").replace("{", "{\n  ");
    return payload.toBuilder().setData(ByteString.copyFromUtf8(json)).build();
  }

  /** As the first releases of the Python SDK wrote it. */
  private static Payload legacy(StorageReference reference) {
    String claim =
        reference.claim().getClaimData().entrySet().stream()
            .map(entry -> "\"%s\": \"%s\"".formatted(entry.getKey(), entry.getValue()))
            .collect(joining(", "));
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/external-storage-reference"))
        .setData(
            ByteString.copyFromUtf8(
                "{\"driver_name\": \"%s\", \"driver_claim\": {\"claim_data\": {%s}}}"
                    .formatted(reference.driverName(), claim)))
        .build();
  }

  /** As later releases will write it: encoded by the payload codec after storage. */
  private static Payload marked(StorageReference reference) {
    Payload payload = reference.toPayload();
    return GZIP
        .encode(List.of(payload.toBuilder().clearExternalPayloads().build()))
        .get(0)
        .toBuilder()
        .putMetadata("__temporal_external_storage_reference", ByteString.copyFromUtf8("true"))
        .addAllExternalPayloads(payload.getExternalPayloadsList())
        .build();
  }
}
