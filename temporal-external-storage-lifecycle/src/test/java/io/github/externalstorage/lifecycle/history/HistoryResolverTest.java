package io.github.externalstorage.lifecycle.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.StoredSamples;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.WorkflowExecutionHistory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryResolverTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private final StoredSamples samples = new StoredSamples();

  @Test
  void resolvesEveryReference() throws IOException {
    String resolved = resolve(json(Events.everywhere(samples::stored)), samples.namespace);

    assertThat(history(resolved)).isEqualTo(history(Events.everywhere(StoredSamples::inline)));
  }

  @Test
  void countsWhatItReplaces() throws IOException {
    List<HistoryEvent> events =
        List.of(
            Events.started(samples.stored("a"), StoredSamples.inline("b"), samples.stored("c")));

    int replaced =
        HistoryResolver.newBuilder(samples.namespace)
            .build()
            .resolve(stream(json(events)), new ByteArrayOutputStream());

    assertThat(replaced).isEqualTo(2);
  }

  /** A downloaded history is input for SDKs of any language and version. */
  @Test
  void keepsEverythingElse() throws IOException {
    String history =
        """
        {"other": [1.50, null, true, {"metadata": {}}], "events": [
          {"eventId": "1", "eventTime": "2026-11-25T10:00:00.123456789Z",
           "eventType": "EVENT_TYPE_OF_A_LATER_VERSION",
           "attributesOfALaterVersion": {"ratio": 2.0, "big": 12345678901234567890, "none": null,
             "metadata": {"encoding": "anNvbi9wbGFpbg=="},
             "input": {"payloads": [{"metadata": {"encoding": "anNvbi9wbGFpbg"}, "data": "IjEi"},
               {"metadata": {"encoding": 1}, "data": "IjEi"}, {"metadata": {"a": "b c"}}]}}}]}
        """;

    assertThat(JSON.readTree(resolve(history, samples.namespace)))
        .isEqualTo(JSON.readTree(history));
  }

  @Test
  void resolvesReferencesOfOtherSpellings() throws IOException {
    List<HistoryEvent> events = List.of(Events.started(samples.legacy("a"), samples.marked("b")));
    NamespaceStorage namespace = samples.namespace().setPreStorageCodec(StoredSamples.GZIP).build();

    assertThat(history(resolve(json(events), namespace)))
        .isEqualTo(
            history(List.of(Events.started(StoredSamples.inline("a"), StoredSamples.inline("b")))));
  }

  /** The Web UI and the CLI can write the field names of the proto file. */
  @Test
  void readsTheNamesOfTheProtoFile() throws IOException {
    String history =
        JsonFormat.printer()
            .preservingProtoFieldNames()
            .print(History.newBuilder().addEvents(Events.started(samples.stored("a"))));
    assertThat(history).contains("external_payloads");

    assertThat(history(resolve(history, samples.namespace)))
        .isEqualTo(history(List.of(Events.started(StoredSamples.inline("a")))));
  }

  @Test
  void decodesIfAsked() throws IOException {
    Function<String, Payload> gzipped =
        data -> StoredSamples.GZIP.encode(List.of(StoredSamples.inline(data))).get(0);
    List<HistoryEvent> events =
        List.of(Events.started(samples.store(gzipped.apply("a")), gzipped.apply("b")));
    NamespaceStorage namespace = samples.namespace().setPreStorageCodec(StoredSamples.GZIP).build();

    assertThat(history(resolve(json(events), namespace)))
        .isEqualTo(history(List.of(Events.started(gzipped.apply("a"), gzipped.apply("b")))));
    assertThat(
            history(resolve(json(events), HistoryResolver.newBuilder(namespace).setDecode(true))))
        .isEqualTo(
            history(List.of(Events.started(StoredSamples.inline("a"), StoredSamples.inline("b")))));
  }

  /** There is no proxy between a file and the replay of a worker. */
  @Test
  void undoesTheCodecOfAProxy() throws IOException {
    Payload inline = StoredSamples.GZIP.encode(List.of(StoredSamples.inline("b"))).get(0);
    List<HistoryEvent> events = List.of(Events.started(samples.encoded("a"), inline));
    NamespaceStorage namespace =
        samples.namespace().setPostStorageCodec(StoredSamples.GZIP).build();

    assertThat(history(resolve(json(events), namespace)))
        .isEqualTo(
            history(List.of(Events.started(StoredSamples.inline("a"), StoredSamples.inline("b")))));
  }

  @Test
  void saysWhichPayloadIsMissing() {
    List<HistoryEvent> events =
        List.of(
            Events.started(StoredSamples.inline("a")),
            Events.started(samples.stored("b")).toBuilder().setEventId(23).build());
    samples.driver.getObjects().clear();

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> resolve(json(events), samples.namespace))
        .withMessageContaining("event 23")
        .withMessageContaining("there is no object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[1]", "\"events\"", "{\"events\": {}}"})
  void rejectsWhatIsNoHistory(String input) {
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> resolve(input, samples.namespace))
        .withMessageContaining("not a history");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"secret", "{\"events\": [{\"secret\": ]", "{\"events\": [", "{\"events\""})
  void rejectsWhatIsNoJson(String input) {
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> resolve(input, samples.namespace))
        .withMessageContaining("not JSON")
        .withMessageNotContaining("secret");
  }

  private static String resolve(String history, NamespaceStorage namespace) throws IOException {
    return resolve(history, HistoryResolver.newBuilder(namespace));
  }

  private static String resolve(String history, HistoryResolver.Builder resolver)
      throws IOException {
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    var unused = resolver.build().resolve(stream(history), output);
    return output.toString(UTF_8);
  }

  private static ByteArrayInputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static String json(List<HistoryEvent> events) throws IOException {
    return JsonFormat.printer().print(history(events));
  }

  private static History history(List<HistoryEvent> events) {
    return History.newBuilder().addAllEvents(events).build();
  }

  /** As a replayer reads it. */
  private static History history(String json) {
    return WorkflowExecutionHistory.fromJson(json).getHistory();
  }
}
