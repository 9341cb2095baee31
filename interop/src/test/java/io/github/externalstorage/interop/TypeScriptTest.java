package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.sdk.v1.ExternalStorageReference;
import io.temporal.client.WorkflowClient;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Java and TypeScript read what the other one stores, which is every payload, however small.
 * TypeScript's driver reads no claims but its own and this library's.
 */
@InteropTest
final class TypeScriptTest {

  private static final String STORE_ALL = "--payload-size-threshold=1";

  /** Which worker gets an activity is random: about three rounds are usually enough. */
  private static final int ROUNDS = 100;

  private final String name = Names.unique("typescript");

  @Test
  void typeScriptWorks(Stage stage) throws Exception {
    typeScriptWorker(stage).await("READY");

    assertThatStartersSeeTheSame(stage, HashEntries.CAMEL_CASE);
  }

  @Test
  void javaWorks(Stage stage) throws Exception {
    stage.javaWorkerStoringAll(name);

    assertThatStartersSeeTheSame(stage, HashEntries.BOTH);
  }

  @Test
  void javaRunsTheWorkflowAndAllRunActivities(Stage stage) throws Exception {
    stage.javaWorkerStoringAll(name);
    Program typeScript = typeScriptWorker(stage, "--activities-only");
    Program python =
        stage.python(
            "fulfillment.py", "worker", "--activities-only", "--task-queue=" + name, STORE_ALL);

    processUntilAllTookPart(stage, typeScript, python);
  }

  @Test
  void typeScriptRunsTheWorkflowAndBothRunActivities(Stage stage) throws Exception {
    stage.javaActivityWorkerStoringAll(name);

    processUntilAllTookPart(stage, typeScriptWorker(stage));
  }

  private Program typeScriptWorker(Stage stage, String... options) throws Exception {
    return stage.typeScript(
        "fulfillment.ts",
        Stream.concat(Stream.of("worker", "--task-queue=" + name, STORE_ALL), Stream.of(options))
            .toArray(String[]::new));
  }

  private void assertThatStartersSeeTheSame(Stage stage, HashEntries worker) throws Exception {
    WorkflowClient client = stage.javaStoringAll().workflowClient();
    BatchSummary java = Batch.start(client, name, name + "-java").summary();
    BatchSummary typeScript = startInTypeScript(stage, name + "-typescript");

    assertThat(java.orderCount()).isEqualTo(Batch.ORDERS);
    assertThat(typeScript)
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(java);
    assertThatAllIsStored(stage, client, name + "-java", HashEntries.BOTH, worker);
    assertThatAllIsStored(stage, client, name + "-typescript", HashEntries.CAMEL_CASE, worker);
  }

  private BatchSummary startInTypeScript(Stage stage, String workflowId) throws Exception {
    Program starter =
        stage.typeScript(
            "fulfillment.ts",
            "starter",
            "--task-queue=" + name,
            "--workflow-id=" + workflowId,
            "--batch-id=" + Batch.ID,
            "--orders=" + Batch.ORDERS,
            STORE_ALL);
    return Batch.summary(starter);
  }

  /** The starter stores the input, and the worker the rest. */
  private static void assertThatAllIsStored(
      Stage stage,
      WorkflowClient client,
      String workflowId,
      HashEntries starter,
      HashEntries worker)
      throws Exception {
    List<Payload> payloads =
        client.fetchHistory(workflowId).getEvents().stream()
            .flatMap(RecordedPayload::payloads)
            .toList();
    assertThat(payloads).hasSize(6);
    for (int i = 0; i < payloads.size(); i++) {
      Payload reference = payloads.get(i);
      ReferenceAssert.assertRefersTo(
          reference, stage.bucket(), key(reference), i == 0 ? starter : worker);
    }
  }

  private static String key(Payload reference) throws Exception {
    ExternalStorageReference.Builder content = ExternalStorageReference.newBuilder();
    JsonFormat.parser().merge(reference.getData().toStringUtf8(), content);
    return content.getClaimDataOrThrow("key");
  }

  private void processUntilAllTookPart(Stage stage, Program... workers) throws Exception {
    Set<Long> idle = new HashSet<>();
    idle.add(ProcessHandle.current().pid());
    for (Program worker : workers) {
      worker.await("READY");
      idle.add(worker.pid());
    }
    WorkflowClient client = stage.javaStoringAll().workflowClient();
    for (int round = 0; !idle.isEmpty(); round++) {
      assertThat(round).as("Rounds without %s", idle).isLessThan(ROUNDS);
      for (BatchTrace batch : BatchTrace.process(client, name, round)) {
        assertThat(batch.summary().orderCount()).isEqualTo(Batch.ORDERS);
        idle.removeAll(batch.workers());
      }
    }
  }
}
