package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.testkit.HistoryPayload;
import io.github.externalstorage.testkit.WorkflowHistories;
import io.github.externalstorage.testkit.WorkflowHistoryAssert;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What the example does on both routes. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class ProcessOrderBatchContract {

  private static final int THRESHOLD = ExternalStorage.DEFAULT_PAYLOAD_SIZE_THRESHOLD;
  private static final int ABOVE_ALL_PAYLOADS = 1024 * 1024;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-05-01T12:00:00Z"), ZoneOffset.UTC);

  private final ExternalStorageRoute route;
  private final LocalS3 s3 = LocalS3.start(0, ExampleEnvironment.BUCKET);
  private final S3AsyncClient client =
      S3Settings.fromEnvironment(Map.of()).withEndpoint(s3.endpoint()).newClient();
  private final StringWriter out = new StringWriter();
  private final WorkflowExecutionHistory history;

  ProcessOrderBatchContract(ExternalStorageRoute route) {
    this.route = route;
    try (ExampleEnvironment example = new ExampleEnvironment(client, route, THRESHOLD)) {
      history = example.run(CLOCK, new PrintWriter(out));
    }
  }

  @AfterAll
  void stop() {
    client.close();
    s3.close();
  }

  @Test
  void printsTheSummary() {
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            """
            Starting workflow external-storage-20260501-120000 (batch_id=BATCH-20260501-120000, order_count=200)

            Batch BATCH-20260501-120000: 200 orders processed
              Total shipping cost: $163,009.44
              Total weight:        135,424.5 kg
              Avg delivery:        4.4 days
            """);
  }

  @Test
  void keepsInputAndResultInline() {
    List<HistoryPayload> payloads = WorkflowHistories.getPayloads(history);
    assertThat(List.of(payloads.get(0), payloads.get(payloads.size() - 1)))
        .allSatisfy(
            payload -> {
              assertThat(payload.isStored()).isFalse();
              assertThat(payload.size()).isLessThan(1024);
            })
        .extracting(HistoryPayload::eventTypeName)
        .containsExactly("WorkflowExecutionStarted", "WorkflowExecutionCompleted");
    WorkflowHistoryAssert.assertThat(history).hasInlinePayloadsUnder(THRESHOLD);
  }

  @Test
  void storesBothOrderListsAsOneObject() {
    List<HistoryPayload> stored =
        WorkflowHistories.getPayloads(history).stream().filter(HistoryPayload::isStored).toList();
    assertThat(stored)
        .extracting(HistoryPayload::eventTypeName)
        .containsExactly("ActivityTaskCompleted", "ActivityTaskScheduled");
    assertThat(stored)
        .allSatisfy(
            payload -> {
              assertThat(payload.size()).isGreaterThanOrEqualTo(THRESHOLD);
              assertThat(payload.sizeInHistory()).isLessThan(1024);
            });
    List<String> keys =
        client
            .listObjectsV2(list -> list.bucket(ExampleEnvironment.BUCKET))
            .join()
            .contents()
            .stream()
            .map(S3Object::key)
            .toList();
    assertThat(keys)
        .singleElement(as(STRING))
        .startsWith(
            "v0/ns/default/wt/ProcessOrderBatchWorkflow/wi/external-storage-20260501-120000/ri/");
    assertThat(stored)
        .extracting(payload -> payload.reference().orElseThrow().claim().getClaimData().get("key"))
        .hasSameElementsAs(keys);
  }

  @Test
  void replaysWithoutStoring() throws Exception {
    try (ExampleEnvironment example = new ExampleEnvironment(client, route, THRESHOLD)) {
      example.replay(history);
      assertThat(example.stored()).isZero();
    }
  }

  @Test
  void replaysWhatAnotherThresholdLeftInlineWithoutStoring() throws Exception {
    WorkflowExecutionHistory inline;
    try (ExampleEnvironment example = new ExampleEnvironment(client, route, ABOVE_ALL_PAYLOADS)) {
      inline = example.run(CLOCK, new PrintWriter(new StringWriter()));
      assertThat(example.stored()).isZero();
    }
    try (ExampleEnvironment example = new ExampleEnvironment(client, route, THRESHOLD)) {
      example.replay(inline);
      assertThat(example.stored()).isZero();
    }
  }
}
