package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.sdk.v1.ExternalStorageReference;
import io.temporal.client.WorkflowClient;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Java and every other SDK read what the other one stores, which is every payload, however small.
 */
@InteropTest
final class EverythingStoredTest {

  /** Which worker gets an activity is random: about three rounds are usually enough. */
  private static final int ROUNDS = 100;

  private final String name = Names.unique("everything-stored");

  @ParameterizedTest
  @EnumSource
  void javaWorks(OtherSdk sdk, Stage stage) throws Exception {
    stage.javaWorkerStoringAll(name);

    assertThatStartersSeeTheSame(stage, sdk, HashEntries.BOTH);
  }

  @ParameterizedTest
  @EnumSource
  void theOtherSdkWorks(OtherSdk sdk, Stage stage) throws Exception {
    sdk.worker(stage, name).await("READY");

    assertThatStartersSeeTheSame(stage, sdk, sdk.hashEntries());
  }

  @ParameterizedTest
  @EnumSource
  void bothRunActivitiesOfTheOtherSdk(OtherSdk sdk, Stage stage) throws Exception {
    stage.javaActivityWorkerStoringAll(name);

    processUntilAllTookPart(stage, List.of(sdk.worker(stage, name)));
  }

  @Test
  void allRunActivitiesOfJava(Stage stage) throws Exception {
    stage.javaWorkerStoringAll(name);
    List<Program> workers = new ArrayList<>();
    for (OtherSdk sdk : OtherSdk.values()) {
      workers.add(sdk.worker(stage, name, "--activities-only"));
    }

    processUntilAllTookPart(stage, workers);
  }

  private void assertThatStartersSeeTheSame(Stage stage, OtherSdk sdk, HashEntries worker)
      throws Exception {
    WorkflowClient client = stage.javaStoringAll().workflowClient();
    BatchSummary java = Batch.start(client, name, name + "-java").summary();
    BatchSummary other = Batch.summary(sdk.starter(stage, name, name + "-other"));

    assertThat(java.orderCount()).isEqualTo(Batch.ORDERS);
    assertThat(other)
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(java);
    assertThatAllIsStored(stage, client, name + "-java", HashEntries.BOTH, worker);
    assertThatAllIsStored(stage, client, name + "-other", sdk.hashEntries(), worker);
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

  private void processUntilAllTookPart(Stage stage, List<Program> workers) throws Exception {
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
