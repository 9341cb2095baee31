package io.github.externalstorage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.EventType;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorkflowHistoriesTest {

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setDriver(driver)
          .setPayloadSizeThreshold(0)
          .setCacheMaxBytes(0)
          .build();
  private final PayloadCodec codec = GzipPayloadCodec.newBuilder().build();

  private final WorkflowExecutionHistory inline =
      Histories.withPayloadsEverywhere(payload -> payload);
  private final WorkflowExecutionHistory stored = Histories.withPayloadsEverywhere(this::store);

  @Test
  void findsPayloadsEverywhere() {
    List<HistoryPayload> payloads = WorkflowHistories.getPayloads(inline);
    assertThat(payloads)
        .extracting(HistoryPayload::path)
        .containsExactlyElementsOf(Histories.PATHS);
    assertThat(payloads).noneMatch(HistoryPayload::isStored);
    assertThat(payloads)
        .extracting(HistoryPayload::eventId, HistoryPayload::eventType)
        .contains(
            tuple(1L, EventType.EVENT_TYPE_WORKFLOW_EXECUTION_STARTED),
            tuple(7L, EventType.EVENT_TYPE_ACTIVITY_TASK_FAILED));
  }

  @Test
  void measuresWhatIsStored() {
    int size = Histories.payload(Histories.PATHS.get(0)).getSerializedSize();
    HistoryPayload payload = WorkflowHistories.getPayloads(stored).get(0);
    assertThat(payload.size()).isEqualTo(size);
    assertThat(payload.sizeInHistory())
        .isEqualTo(
            stored
                .getEvents()
                .get(0)
                .getWorkflowExecutionStartedEventAttributes()
                .getInput()
                .getPayloads(0)
                .getSerializedSize());
    assertThat(driver.getObjects())
        .containsKey(payload.reference().orElseThrow().claim().getClaimData().get("key"));
    assertThat(payload)
        .hasToString(
            "event 1 WorkflowExecutionStarted input.payloads[0]: %d bytes stored by 'in-memory'",
            size);
  }

  @Test
  void inlinesReferencesEverywhere() {
    assertThat(stored.getHistory()).isNotEqualTo(inline.getHistory());
    WorkflowExecutionHistory inlined = WorkflowHistories.inlineReferences(stored, storage);
    assertThat(inlined.getHistory()).isEqualTo(inline.getHistory());
    assertThat(inlined.getWorkflowExecution()).isEqualTo(stored.getWorkflowExecution());
  }

  @Test
  void leavesAHistoryWithoutReferencesAsItIs() {
    assertThat(WorkflowHistories.inlineReferences(inline, storage).getHistory())
        .isEqualTo(inline.getHistory());
  }

  @Test
  void saysWhatCannotBeInlined() {
    driver.getObjects().clear();
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> WorkflowHistories.inlineReferences(stored, storage))
        .returns(Reason.NOT_FOUND, StorageException::getReason);
  }

  @Test
  void decodesReferencesThatACodecEncoded() {
    WorkflowExecutionHistory encoded = Histories.withPayloadsEverywhere(p -> mark(store(p)));
    WorkflowExecutionHistory decoded = WorkflowHistories.decodeReferences(encoded, codec);
    assertThat(WorkflowHistories.inlineReferences(decoded, storage).getHistory())
        .isEqualTo(inline.getHistory());
  }

  @Test
  void rejectsReferencesThatACodecEncoded() {
    WorkflowExecutionHistory encoded = Histories.withInput(mark(store(Histories.payload("data"))));
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> WorkflowHistories.inlineReferences(encoded, storage))
        .withMessageContaining("codec");
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> WorkflowHistories.getPayloads(encoded))
        .withMessageContaining("event 1")
        .withMessageContaining("decodeReferences");
  }

  private Payload store(Payload payload) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(payload)).join().get(0);
  }

  private Payload mark(Payload reference) {
    return codec.encode(List.of(reference)).get(0).toBuilder()
        .putMetadata("__temporal_external_storage_reference", ByteString.copyFromUtf8("true"))
        .addAllExternalPayloads(reference.getExternalPayloadsList())
        .build();
  }
}
