package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowClientPlugin;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleClientPlugin;
import io.temporal.common.SimplePlugin;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.GlobalDataConverter;
import io.temporal.worker.WorkerFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The plugin as the SDK itself applies it. */
class ExternalStoragePluginClientTest {

  private final OfflineClients clients = new OfflineClients();
  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  private final ExternalStorage storage =
      ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();
  private final DataConverter globalConverter = GlobalDataConverter.get();

  static Set<ExternalStorageRoute> routes() {
    return EnumSet.of(ExternalStorageRoute.CODEC, ExternalStorageRoute.detect());
  }

  @AfterEach
  void close() {
    clients.close();
    GlobalDataConverter.register(globalConverter);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void clientsFromTheOptionsOfClientsAreTheSame(ExternalStorageRoute route) {
    WorkflowClient first = clients.newClient(options(plugin(route)));
    WorkflowClient second = clients.newClient(first.getOptions());
    WorkflowClient third = clients.newClient(second.getOptions());

    assertThat(converter(third).toPayload("value")).isEqualTo(converter(first).toPayload("value"));
    assertThat(driver.getObjects()).hasSize(route == ExternalStorageRoute.CODEC ? 1 : 0);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void globalConverterIsUsedWhereNoneIsSet(ExternalStorageRoute route) {
    List<String> converted = new ArrayList<>();
    GlobalDataConverter.register(
        new ForwardingDataConverter(DefaultDataConverter.STANDARD_INSTANCE) {
          @Override
          public <T> Optional<Payload> toPayload(T value) {
            converted.add(String.valueOf(value));
            return super.toPayload(value);
          }
        });

    converter(clients.newClient(options(plugin(route)))).toPayload("value");

    assertThat(converted).contains("value");
  }

  @Test
  void workerFactoryStartsWithStorageLast() {
    ExternalStoragePlugin plugin = plugin(ExternalStorageRoute.CODEC);
    List<WorkerFactory> started = new ArrayList<>();
    WorkerFactory factory = WorkerFactory.newInstance(clients.newClient(options(plugin)));

    plugin.startWorkerFactory(factory, started::add);

    assertThat(started).containsExactly(factory);
    factory.shutdownNow();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aClientOfTheNamespaceNullIsNotBuilt(ExternalStorageRoute route) {
    WorkflowClientOptions options = options(plugin(route)).toBuilder().setNamespace("null").build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> clients.newClient(options))
        .withMessageContaining("use a namespace with another name");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aClientWhoseStorageAnotherPluginRemovesIsNotBuilt(ExternalStorageRoute route) {
    assertNotBuilt(
        "put ExternalStoragePlugin last",
        plugin(route),
        changing(converter -> DefaultDataConverter.STANDARD_INSTANCE));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aClientWithACodecAfterStorageIsNotBuilt(ExternalStorageRoute route) {
    assertNotBuilt(
        "runs after external storage",
        plugin(route),
        changing(ExternalStoragePluginClientTest::compressing));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aClientWithTwoStoragesIsNotBuilt(ExternalStorageRoute route) {
    ExternalStoragePlugin other =
        ExternalStoragePlugin.newBuilder(ExternalStorage.newBuilder().setDriver(driver).build())
            .setRoute(route)
            .build();

    String message =
        "The client already has another external storage; use one ExternalStorage for all";
    assertNotBuilt(message, plugin(route), other);
    assertNotBuilt(message, plugin(route), changing(ForwardingDataConverter::new), other);
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aClientWithACodecAroundNoConverterIsNotBuilt(ExternalStorageRoute route) {
    assertNotBuilt(
        "wraps a data converter that is not set",
        changing(ExternalStoragePluginClientTest::compressing),
        plugin(route));
  }

  @ParameterizedTest
  @MethodSource("routes")
  void everyClientIsChecked(ExternalStorageRoute route) {
    WorkflowClient first = clients.newClient(options(plugin(route)));

    assertThat(clients.newClient(first.getOptions()).getOptions().getInterceptors()).hasSize(1);
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                clients.newClient(
                    first.getOptions().toBuilder()
                        .setPlugins(
                            plugin(route), changing(ExternalStoragePluginClientTest::compressing))
                        .build()))
        .withMessageContaining("runs after external storage");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void aScheduleClientWithACodecAfterStorageIsNotBuilt(ExternalStorageRoute route) {
    ScheduleClientOptions options =
        ScheduleClientOptions.newBuilder()
            .setPlugins(plugin(route), new CompressingSchedules())
            .build();

    assertThatIllegalStateException()
        .isThrownBy(() -> clients.newScheduleClient(options))
        .withMessageContaining("runs after external storage");
  }

  @ParameterizedTest
  @MethodSource("routes")
  void workersOfAClientWithoutStorageDoNotStart(ExternalStorageRoute route) {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            clients.newClient(WorkflowClientOptions.newBuilder().validateAndBuildWithDefaults()));
    List<WorkerFactory> started = new ArrayList<>();

    assertThatIllegalStateException()
        .isThrownBy(() -> plugin(route).startWorkerFactory(factory, started::add))
        .withMessageContaining("put ExternalStoragePlugin last");
    assertThat(started).isEmpty();
    factory.shutdownNow();
  }

  private void assertNotBuilt(String message, WorkflowClientPlugin... plugins) {
    assertThatIllegalStateException()
        .isThrownBy(() -> clients.newClient(options(plugins)))
        .withMessageContaining(message);
  }

  private static WorkflowClientPlugin changing(UnaryOperator<DataConverter> change) {
    return SimplePlugin.newBuilder("changing").customizeDataConverter(change).build();
  }

  private static DataConverter compressing(DataConverter converter) {
    return new CodecDataConverter(converter, List.of(new GzipPayloadCodec()));
  }

  private ExternalStoragePlugin plugin(ExternalStorageRoute route) {
    return ExternalStoragePlugin.newBuilder(storage).setRoute(route).build();
  }

  private static WorkflowClientOptions options(WorkflowClientPlugin... plugins) {
    return WorkflowClientOptions.newBuilder().setPlugins(plugins).build();
  }

  private static DataConverter converter(WorkflowClient client) {
    return client.getOptions().getDataConverter();
  }

  private static final class CompressingSchedules implements ScheduleClientPlugin {
    @Override
    public String getName() {
      return "compressing";
    }

    @Override
    public void configureScheduleClient(ScheduleClientOptions.Builder builder) {
      builder.setDataConverter(compressing(builder.build().getDataConverter()));
    }
  }
}
