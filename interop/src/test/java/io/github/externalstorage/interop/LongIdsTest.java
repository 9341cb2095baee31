package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.interop.everypath.Cargo;
import io.github.externalstorage.interop.everypath.EveryPathExchangeWorkflow;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.ExternalStorageReference;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ids that Temporal allows, but that are too long for keys in S3 or on its server. */
@InteropTest
final class LongIdsTest {

  private final String name = Names.unique("long-ids");

  @ParameterizedTest
  @EnumSource(names = {"JAVA_NATIVE", "JAVA_CODEC"})
  void everythingIsStoredAndReadByPythonToo(Sdk worker, Stage stage) throws Exception {
    worker.work(stage, name);
    WorkflowClient client = stage.java().workflowClient();

    for (String id :
        List.of(
            name + "注".repeat(120),
            "i".repeat(960) + UUID.randomUUID(),
            // A key of fewer than 1,024 bytes, with a segment of more than SeaweedFS's 255.
            name + "i".repeat(300))) {
      inputAndResultAreStored(client, stage, "w" + id);
      activityResultIsStored(client, stage, "a" + id);
    }
  }

  private void inputAndResultAreStored(WorkflowClient client, Stage stage, String id)
      throws Exception {
    Cargo result =
        client
            .newWorkflowStub(
                EveryPathExchangeWorkflow.class,
                WorkflowOptions.newBuilder().setWorkflowId(id).setTaskQueue(name).build())
            .run(Cargo.of(name, "long-id-input"));

    result.expect("long-id-result");
    assertStored(client, stage, id, 2);
  }

  private void activityResultIsStored(WorkflowClient client, Stage stage, String id)
      throws Exception {
    assertThat(Batch.start(client, name, id).summary().orderCount()).isEqualTo(Batch.ORDERS);

    assertStored(client, stage, id, 2);
  }

  private static void assertStored(WorkflowClient client, Stage stage, String id, int references)
      throws Exception {
    List<HistoryEvent> events = client.fetchHistory(id).getEvents();
    List<String> keys = new ArrayList<>();
    List<String> hashes = new ArrayList<>();
    for (RecordedPayload payload : RecordedPayload.readAll(events, stage.bucket())) {
      hashes.add(Hashing.sha256().hashBytes(payload.decoded().getData().toByteArray()).toString());
      if (payload.isStored()) {
        ExternalStorageReference.Builder reference = ExternalStorageReference.newBuilder();
        JsonFormat.parser().merge(payload.written().getData().toStringUtf8(), reference);
        keys.add(reference.getClaimDataOrThrow("key"));
      }
    }

    assertThat(keys)
        .hasSize(references)
        .allSatisfy(key -> assertThat(key).matches("v0/ns/default/d/sha256/[0-9a-f]{64}"));
    assertThat(stage.python("read_history.py", "--workflow-id=" + id).outcome().lines())
        .containsExactlyElementsOf(hashes);
  }
}
