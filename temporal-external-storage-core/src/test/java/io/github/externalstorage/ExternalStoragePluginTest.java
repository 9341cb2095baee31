package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.ActivityClientOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the plugin does to options, on the codec route unless the route makes no difference. */
class ExternalStoragePluginTest {

  private static final PayloadCodec GZIP = new GzipPayloadCodec();
  private static final DataConverter COMPRESSING =
      new CodecDataConverter(DefaultDataConverter.STANDARD_INSTANCE, List.of(GZIP));

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  private final ExternalStorage storage =
      ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();
  private final ExternalStoragePlugin detected = new ExternalStoragePlugin(storage);
  private final ExternalStoragePlugin codecRoute =
      ExternalStoragePlugin.newBuilder(storage).setRoute(ExternalStorageRoute.CODEC).build();

  @Test
  void workflowClientStores() {
    Payload payload = configure(codecRoute, COMPRESSING).toPayload("value").orElseThrow();

    assertThat(StorageReference.isReference(payload)).isTrue();
    assertThat(storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(payload)).join())
        .isEqualTo(List.of(COMPRESSING.toPayload("value").orElseThrow()));
  }

  @Test
  void workflowClientResolvesWhateverTheRoute() {
    Payload reference = configure(codecRoute, COMPRESSING).toPayload("value").orElseThrow();
    Payload marked = TestPayloads.marked(reference, GZIP);
    DataConverter converter = configure(detected, COMPRESSING);

    assertThat(converter.fromPayload(reference, String.class, String.class)).isEqualTo("value");
    assertThat(converter.fromPayload(marked, String.class, String.class)).isEqualTo("value");
  }

  @Test
  void scheduleClientStoresWhateverTheRoute() {
    ScheduleClientOptions.Builder options =
        ScheduleClientOptions.newBuilder().setDataConverter(configure(detected, COMPRESSING));

    detected.configureScheduleClient(options);
    detected.configureScheduleClient(options);

    DataConverter converter = options.build().getDataConverter();
    // A schedule's own memo has no context, and the server has to read it.
    assertThat(converter.toPayload("value")).isEqualTo(COMPRESSING.toPayload("value"));
    Payload payload =
        converter
            .withContext(new WorkflowSerializationContext("ns", "id"))
            .toPayload("value")
            .orElseThrow();
    assertThat(StorageReference.isReference(payload)).isTrue();
    assertThat(driver.getObjects()).hasSize(1);
  }

  /** Its payloads could not be distinguished from those of an unknown namespace. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "", " "})
  void aNamespaceThatKeysCanNotDistinguishIsRejected(String namespace) {
    for (ExternalStoragePlugin plugin : List.of(detected, codecRoute)) {
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  plugin.configureWorkflowClient(
                      WorkflowClientOptions.newBuilder().setNamespace(namespace)))
          .withMessageContaining("namespace");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () ->
                  plugin.configureScheduleClient(
                      ScheduleClientOptions.newBuilder().setNamespace(namespace)))
          .withMessageContaining("namespace");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> storage.configure(ActivityClientOptions.newBuilder().setNamespace(namespace)))
        .withMessageContaining("namespace");
  }

  @Test
  void nothingIsStoredWhileConfiguring() {
    configure(detected, configure(detected, COMPRESSING));
    configure(codecRoute, configure(codecRoute, COMPRESSING));

    assertThat(driver.getObjects()).isEmpty();
  }

  @Test
  void anotherStorageIsRejected() {
    WorkflowClientOptions.Builder options = WorkflowClientOptions.newBuilder();
    codecRoute.configureWorkflowClient(options);
    ExternalStorage other = ExternalStorage.newBuilder().setDriver(driver).build();

    assertThatIllegalStateException()
        .isThrownBy(() -> new ExternalStoragePlugin(other).configureWorkflowClient(options))
        .withMessageContaining("another external storage");
  }

  @Test
  void whatRunsAfterStorageIsRejected() {
    DataConverter around = new CodecDataConverter(configure(detected, COMPRESSING), List.of(GZIP));

    assertThatIllegalStateException()
        .isThrownBy(() -> configure(detected, around))
        .withMessageContaining("runs after external storage");
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                detected.configureScheduleClient(
                    ScheduleClientOptions.newBuilder().setDataConverter(around)))
        .withMessageContaining("runs after external storage");
  }

  @Test
  void waitIsTheCodecs() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExternalStoragePlugin.newBuilder(storage).setMaxWait(Duration.ZERO))
        .withMessageContaining("maxWait");
    ManualStorageDriver silent = new ManualStorageDriver("silent");
    ExternalStoragePlugin impatient =
        ExternalStoragePlugin.newBuilder(
                ExternalStorage.newBuilder().setDriver(silent).setPayloadSizeThreshold(0).build())
            .setRoute(ExternalStorageRoute.CODEC)
            .setMaxWait(Duration.ofNanos(1))
            .build();

    assertThat(catchThrowable(() -> configure(impatient, COMPRESSING).toPayload("value")))
        .hasMessageContaining("PT0.000000001S");
  }

  @Test
  void nativeRouteNeedsAnSdkThatHasIt() {
    ExternalStoragePlugin.Builder builder = ExternalStoragePlugin.newBuilder(storage);

    if (ExternalStorageRoute.detect() == ExternalStorageRoute.NATIVE) {
      assertThat(builder.setRoute(ExternalStorageRoute.NATIVE).build()).isNotNull();
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.setRoute(ExternalStorageRoute.NATIVE))
          .withMessageContaining("1.39");
    }
  }

  private static DataConverter configure(ExternalStoragePlugin plugin, DataConverter converter) {
    WorkflowClientOptions.Builder options =
        WorkflowClientOptions.newBuilder().setDataConverter(converter);
    plugin.configureWorkflowClient(options);
    return options.build().getDataConverter();
  }
}
