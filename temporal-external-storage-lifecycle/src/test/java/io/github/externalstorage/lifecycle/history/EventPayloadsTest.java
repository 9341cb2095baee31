package io.github.externalstorage.lifecycle.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.fixtures.temporal.FakeTemporalServer;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.StoredSamples;
import io.temporal.api.common.v1.Payload;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventPayloadsTest {

  @AutoClose private final FakeTemporalServer server = new FakeTemporalServer();
  private final WorkflowServiceStubs service =
      WorkflowServiceStubs.newServiceStubs(
          WorkflowServiceStubsOptions.newBuilder().setTarget(server.address()).build());
  private final StoredSamples samples = new StoredSamples();
  private final EventPayloads payloads =
      new EventPayloads(
          service,
          samples.namespace().setPreStorageCodec(StoredSamples.GZIP).build(),
          duration -> {});

  @BeforeEach
  void addRun() {
    server.addRun(
        "order-1",
        Events.everywhere(
            data -> samples.store(StoredSamples.GZIP.encode(List.of(inline(data))).get(0))));
  }

  @AfterEach
  void disconnect() {
    service.shutdownNow();
  }

  @ParameterizedTest
  @CsvSource({
    "8, '', marker",
    "8, details[data], marker",
    "9, input, nexus input",
    "1, input.payloads[1], input 1",
    "1, header, header",
    "7, failure.cause.cause, canceled",
    "7, failure.applicationFailureInfo, details"
  })
  void decodesAPayload(long eventId, String field, String data) {
    assertThat(payloads.get("order-1", "", eventId, field)).isEqualTo(inline(data));
  }

  @Test
  void readsInlinePayloads() {
    server.addRun("order-2", List.of(Events.started(inline("small"))));

    assertThat(payloads.get("order-2", "order-2-run", 1, "")).isEqualTo(inline("small"));
  }

  @Test
  void listsThePayloadsToChooseFrom() {
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> payloads.get("order-1", "", 1, "input"))
        .withMessageContaining("2 of the event's payloads match 'input'")
        .withMessageContaining("input.payloads[1]")
        .withMessageContaining("memo.fields[customer]");
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> payloads.get("order-1", "", 1, "inp"))
        .withMessageContaining("None of the event's payloads match 'inp'");
  }

  @Test
  void saysWhatDoesNotExist() {
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> payloads.get("order-9", "", 1, ""))
        .withMessageContaining("'order-9'")
        .withMessageContaining("NOT_FOUND");
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> payloads.get("order-1", "", 99, ""))
        .withMessageContaining("no event 99; its last event is 10");
  }

  @Test
  void saysWhichPayloadIsMissing() {
    samples.driver.getObjects().clear();

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> payloads.get("order-1", "", 9, ""))
        .withMessageContaining("event 9 NexusOperationScheduled input")
        .withMessageContaining("there is no object");
  }

  private static Payload inline(String data) {
    return StoredSamples.inline(data);
  }
}
