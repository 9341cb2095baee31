package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Maps;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.sdk.v1.ExternalStorageReference;
import io.temporal.client.WorkflowClient;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * With Google Cloud Storage, Java, Python and TypeScript read what they store, which is every
 * payload. Python and TypeScript can't read each other's claims.
 */
@InteropTest
final class GcsTest {

  private static final String STORE_ALL = "--payload-size-threshold=1";

  private final String name = Names.unique("gcs");
  private final GcsBucket bucket = GcsBucket.ofServers();

  @Test
  void javaWorks(Stage stage) throws Exception {
    stage.javaWorkerStoringAllInGcs(name);

    assertThatStartersSeeTheSame(
        stage, Language.JAVA, Set.of(Language.JAVA, Language.PYTHON, Language.TYPESCRIPT));
  }

  @Test
  void pythonWorks(Stage stage) throws Exception {
    stage.pythonOnGcs("fulfillment.py", "worker", "--task-queue=" + name, STORE_ALL).await("READY");

    assertThatStartersSeeTheSame(stage, Language.PYTHON, Set.of(Language.JAVA, Language.PYTHON));
  }

  @Test
  void typeScriptWorks(Stage stage) throws Exception {
    stage
        .typeScriptOnGcs("fulfillment.ts", "worker", "--task-queue=" + name, STORE_ALL)
        .await("READY");

    assertThatStartersSeeTheSame(
        stage, Language.TYPESCRIPT, Set.of(Language.JAVA, Language.TYPESCRIPT));
  }

  private void assertThatStartersSeeTheSame(Stage stage, Language worker, Set<Language> starters)
      throws Exception {
    WorkflowClient client = stage.javaStoringAllInGcs().workflowClient();
    for (Language starter : starters) {
      String workflowId = name + "-" + starter;
      BatchSummary summary = start(stage, client, starter, workflowId);
      assertThat(summary.orderCount()).isEqualTo(Batch.ORDERS);
      assertThat(Batch.result(client, workflowId))
          .usingRecursiveComparison()
          .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
          .isEqualTo(summary);
      assertThatAllIsStored(client, workflowId, starter, worker);
    }
  }

  private BatchSummary start(
      Stage stage, WorkflowClient client, Language starter, String workflowId) throws Exception {
    String[] arguments = {
      "starter",
      "--task-queue=" + name,
      "--workflow-id=" + workflowId,
      "--batch-id=" + Batch.ID,
      "--orders=" + Batch.ORDERS,
      STORE_ALL
    };
    return switch (starter) {
      case JAVA -> Batch.start(client, name, workflowId).summary();
      case PYTHON -> Batch.summary(stage.pythonOnGcs("fulfillment.py", arguments));
      case TYPESCRIPT -> Batch.summary(stage.typeScriptOnGcs("fulfillment.ts", arguments));
    };
  }

  /** The starter stores the input, and the worker the rest. */
  private void assertThatAllIsStored(
      WorkflowClient client, String workflowId, Language starter, Language worker)
      throws Exception {
    List<Payload> payloads =
        client.fetchHistory(workflowId).getEvents().stream()
            .flatMap(RecordedPayload::payloads)
            .toList();
    String runId =
        client
            .newUntypedWorkflowStub(workflowId)
            .describe()
            .getWorkflowExecutionInfo()
            .getExecution()
            .getRunId();
    assertThat(payloads).hasSize(6);
    for (int i = 0; i < payloads.size(); i++) {
      String prefix =
          "v0/ns/%s/wt/ProcessOrderBatchWorkflow/wi/%s/ri/%s/d/sha256/"
              .formatted(Servers.NAMESPACE, workflowId, i == 0 ? "null" : runId);
      assertThatItIsStored(payloads.get(i), prefix, i == 0 ? starter : worker);
    }
  }

  private void assertThatItIsStored(Payload reference, String keyPrefix, Language writer)
      throws Exception {
    ExternalStorageReference.Builder content = ExternalStorageReference.newBuilder();
    JsonFormat.parser().merge(reference.getData().toStringUtf8(), content);
    String key = content.getClaimDataOrThrow(writer.keyEntry);
    ByteString object = bucket.read(key);
    String hash = Hashing.sha256().hashBytes(object.toByteArray()).toString();

    assertThat(reference.getMetadataMap())
        .isEqualTo(
            Maps.transformValues(
                Map.of(
                    "encoding",
                    "json/protobuf",
                    "messageType",
                    "temporal.api.sdk.v1.ExternalStorageReference"),
                ByteString::copyFromUtf8));
    assertThat(content.getDriverName()).isEqualTo("gcp.gcsdriver");
    assertThat(key).isEqualTo(keyPrefix + hash);
    assertThat(content.getClaimDataMap()).isEqualTo(writer.claim(bucket.name(), key, hash));
    assertThat(reference.getExternalPayloads(0).getSizeBytes()).isEqualTo(object.size());
  }

  private enum Language {
    JAVA(
        "key",
        ImmutableSet.of("key", "object_name", "object"),
        ImmutableSet.of("hash_algorithm", "hashAlgorithm"),
        ImmutableSet.of("hash_value", "hashValue")),
    PYTHON(
        "object_name",
        ImmutableSet.of("object_name"),
        ImmutableSet.of("hash_algorithm"),
        ImmutableSet.of("hash_value")),
    TYPESCRIPT(
        "object",
        ImmutableSet.of("object"),
        ImmutableSet.of("hashAlgorithm"),
        ImmutableSet.of("hashValue"));

    private final String keyEntry;
    private final ImmutableSet<String> keys;
    private final ImmutableSet<String> hashAlgorithms;
    private final ImmutableSet<String> hashValues;

    Language(
        String keyEntry,
        ImmutableSet<String> keys,
        ImmutableSet<String> hashAlgorithms,
        ImmutableSet<String> hashValues) {
      this.keyEntry = keyEntry;
      this.keys = keys;
      this.hashAlgorithms = hashAlgorithms;
      this.hashValues = hashValues;
    }

    Map<String, String> claim(String bucket, String key, String hash) {
      return ImmutableMap.<String, String>builder()
          .put("bucket", bucket)
          .putAll(Maps.asMap(keys, it -> key))
          .putAll(Maps.asMap(hashAlgorithms, it -> "sha256"))
          .putAll(Maps.asMap(hashValues, it -> hash))
          .buildOrThrow();
    }
  }
}
