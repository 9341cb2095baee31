package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.internal.sdk.NativeStoreContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the plugin does to options of an SDK with native storage, on either route. */
@Tag("native")
class NativePluginTest {

  private static final NativeStoreContext CONTEXT = NativeStoreContext.of(null);

  private final InMemoryStorageDriver driver =
      InMemoryStorageDriver.newBuilder().setMaxPayloadSize(1000).build();
  private final ExternalStorage storage =
      ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();
  private final ExternalStoragePlugin plugin = new ExternalStoragePlugin(storage);
  private final ExternalStoragePlugin codecRoute =
      ExternalStoragePlugin.newBuilder(storage).setRoute(ExternalStorageRoute.CODEC).build();

  @Test
  void nativeRouteIsTheDefault() {
    assertThat(ExternalStorageRoute.detect()).isEqualTo(ExternalStorageRoute.NATIVE);
    assertThat(selects(configure(plugin))).isTrue();
  }

  @Test
  void converterStoresNothing() {
    DataConverter converter = configure(plugin).getDataConverter();

    assertThat(converter.toPayload("value"))
        .isEqualTo(DefaultDataConverter.STANDARD_INSTANCE.toPayload("value"));
    assertThat(driver.getObjects()).isEmpty();
  }

  @Test
  void converterRejectsWhatCanNotBeStored() {
    DataConverter converter = configure(plugin).getDataConverter();
    ApplicationFailure failure =
        catchThrowableOfType(ApplicationFailure.class, () -> converter.toPayload("x".repeat(1000)));

    assertThat(failure.isNonRetryable()).isTrue();
    assertThat(failure.getType()).isEqualTo("PayloadTooLarge");
  }

  @Test
  void onTheCodecRouteTheSdkOnlyResolves() {
    WorkflowClientOptions options = configure(codecRoute);

    assertThat(options.getExternalStorage().getDrivers())
        .singleElement()
        .satisfies(only -> assertThat(only.getName()).isEqualTo(driver.getName()));
    assertThat(selects(options)).isFalse();
    assertThat(stores(options)).isTrue();
  }

  @Test
  void lastRouteCounts() {
    WorkflowClientOptions natively = configure(codecRoute, plugin);
    assertThat(selects(natively)).isTrue();
    assertThat(stores(natively)).isFalse();

    WorkflowClientOptions byCodec = configure(plugin, codecRoute);
    assertThat(selects(byCodec)).isFalse();
    assertThat(stores(byCodec)).isTrue();
  }

  @Test
  void clientsFromTheOptionsOfClientsStoreOnce() {
    try (OfflineClients clients = new OfflineClients()) {
      WorkflowClient first =
          clients.newClient(WorkflowClientOptions.newBuilder().setPlugins(plugin).build());
      WorkflowClient second = clients.newClient(first.getOptions());

      assertThat(selects(second.getOptions())).isTrue();
      assertThat(stores(second.getOptions())).isFalse();
    }
  }

  @Test
  void anotherNativeStorageIsRejected() {
    WorkflowClientOptions.Builder options =
        WorkflowClientOptions.newBuilder()
            .setExternalStorage(
                io.temporal.payload.storage.ExternalStorage.newBuilder()
                    .setDriver(NativeStorageDrivers.toNative(driver))
                    .build());

    assertThatIllegalStateException()
        .isThrownBy(() -> plugin.configureWorkflowClient(options))
        .withMessageContaining("another external storage")
        .withMessageContaining("NativeStorageDrivers.fromNative");
    assertThatIllegalStateException()
        .isThrownBy(() -> codecRoute.configureWorkflowClient(options))
        .withMessageContaining("another external storage");
  }

  private static boolean selects(WorkflowClientOptions options) {
    return options
            .getExternalStorage()
            .getDriverSelector()
            .selectDriver(CONTEXT, TestPayloads.ofSize(100))
        != null;
  }

  private static boolean stores(WorkflowClientOptions options) {
    Payload payload = options.getDataConverter().toPayload("value").orElseThrow();
    return StorageReference.isReference(payload);
  }

  private static WorkflowClientOptions configure(ExternalStoragePlugin... plugins) {
    WorkflowClientOptions.Builder options = WorkflowClientOptions.newBuilder();
    List.of(plugins).forEach(plugin -> plugin.configureWorkflowClient(options));
    return options.build();
  }
}
