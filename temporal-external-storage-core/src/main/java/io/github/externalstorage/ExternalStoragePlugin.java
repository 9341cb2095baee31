package io.github.externalstorage;

import static java.util.Objects.requireNonNull;

import io.github.externalstorage.internal.converter.ActivityTargetInterceptor;
import io.github.externalstorage.internal.converter.CodecSettings;
import io.github.externalstorage.internal.converter.ConverterChecks;
import io.github.externalstorage.internal.converter.StorageDataConverter;
import io.github.externalstorage.internal.sdk.NativeRoute;
import io.github.externalstorage.internal.text.NamespaceName;
import io.github.externalstorage.options.StartupCheck;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.common.SimplePlugin;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.GlobalDataConverter;
import io.temporal.serviceclient.Version;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up external storage for workflow clients, schedule clients, and the workers made from a
 * client, on any supported SDK:
 *
 * <pre>{@code
 * WorkflowClientOptions.newBuilder()
 *     .setDataConverter(converter)
 *     .setPlugins(new ExternalStoragePlugin(storage))
 * }</pre>
 *
 * <p>Put it last in {@code setPlugins}, after any plugin that changes the data converter. Workers
 * get it through their client; applying it again changes nothing. Thread-safe and immutable.
 *
 * <p>Clients of standalone activities take no plugins, see {@link ExternalStorage#configure}.
 * Neither do the static methods of {@code WorkflowReplayer}: replay histories with a worker of a
 * configured client, or make them self-contained first.
 */
public final class ExternalStoragePlugin extends SimplePlugin {

  private static final Logger log = LoggerFactory.getLogger(ExternalStoragePlugin.class);

  private final ExternalStorage storage;
  private final ExternalStorageRoute route;
  private final CodecSettings codecSettings;
  private final StartupCheck startupCheck;

  /** A plugin with the defaults of the builder. */
  public ExternalStoragePlugin(ExternalStorage storage) {
    this(newBuilder(storage));
  }

  private ExternalStoragePlugin(Builder builder) {
    super("io.github.externalstorage");
    storage = builder.storage;
    route = Objects.requireNonNullElseGet(builder.route, ExternalStorageRoute::detect);
    codecSettings = builder.codec.settings();
    startupCheck = builder.startupCheck;
  }

  /** A builder with the defaults. */
  public static Builder newBuilder(ExternalStorage storage) {
    return new Builder(storage);
  }

  /**
   * Adds the storage to a workflow client's options. Whether storage comes last is checked again
   * when the client is built, since further plugins may change the data converter.
   *
   * @throws IllegalStateException if the options have another external storage, a data converter
   *     with a codec that runs after storage, or one that wraps a converter that is not set
   * @throws IllegalArgumentException if the client's namespace is called {@code null}, which stands
   *     for an unknown namespace in the keys of stored payloads
   */
  @Override
  public void configureWorkflowClient(WorkflowClientOptions.Builder builder) {
    NamespaceName.require(builder.build().getNamespace());
    boolean storesNatively = route == ExternalStorageRoute.NATIVE;
    // The SDK's storage passes over older references; beside it the codec only reads them.
    builder.setDataConverter(
        wrap(builder.build().getDataConverter(), codecSettings.withDecodeOnly(storesNatively)));
    if (ExternalStorageRoute.detect() == ExternalStorageRoute.NATIVE) {
      NativeRoute.configure(builder, storage.pipeline(), storesNatively);
    }
    ConverterChecks.addTo(builder);
  }

  /**
   * Adds the storage to a schedule client's options. The SDK has no native storage for these, so
   * the data converter stores on both routes: inputs and memos of the workflows to start, but not a
   * schedule's own memo, which the server itself has to read.
   *
   * @throws IllegalStateException if the data converter has another storage, or a codec that runs
   *     after storage
   * @throws IllegalArgumentException if the client's namespace is called {@code null}
   */
  @Override
  public void configureScheduleClient(ScheduleClientOptions.Builder builder) {
    NamespaceName.require(builder.build().getNamespace());
    builder.setDataConverter(
        wrap(builder.build().getDataConverter(), codecSettings.withInlineWithoutContext()));
    ConverterChecks.addTo(builder);
  }

  /** Reports the storage's metrics to the scope of the service stubs. */
  @Override
  public WorkflowServiceStubs connectServiceClient(
      WorkflowServiceStubsOptions options, Supplier<WorkflowServiceStubs> next) {
    storage.pipeline().metrics().use(options.getMetricsScope());
    return super.connectServiceClient(options, next);
  }

  /** Adds an interceptor that records which run an activity's payloads belong to. */
  @Override
  public void configureWorkerFactory(WorkerFactoryOptions.Builder builder) {
    ActivityTargetInterceptor.addTo(builder);
  }

  /**
   * Checks that the data converter of the workers' client has the storage, and that nothing in it
   * runs after storage; then checks the storage itself, as {@link Builder#setStartupCheck} says.
   *
   * @throws IllegalStateException if the data converter fails its check, or if {@link
   *     StartupCheck#FAIL} is set and the storage fails its own
   */
  @Override
  public void startWorkerFactory(WorkerFactory factory, Consumer<WorkerFactory> next) {
    StorageDataConverter.requireLast(factory.getWorkflowClient().getOptions().getDataConverter());
    storage
        .pipeline()
        .metrics()
        .use(factory.getWorkflowClient().getWorkflowServiceStubs().getOptions().getMetricsScope());
    log.info(
        "External storage on the {} route of temporal-sdk {}: {}",
        route.name().toLowerCase(Locale.ROOT),
        Version.LIBRARY_VERSION,
        storage);
    runStartupCheck();
    super.startWorkerFactory(factory, next);
  }

  /**
   * Checks the storage as {@link Builder#setStartupCheck} says, unless it was checked before.
   * Workers do this when they start; call it in a process that has only clients.
   *
   * @throws IllegalStateException if {@link StartupCheck#FAIL} is set, and payloads can't be stored
   *     and retrieved
   */
  public void runStartupCheck() {
    storage.checkAtStart().run(startupCheck);
  }

  private DataConverter wrap(@Nullable DataConverter converter, CodecSettings settings) {
    return StorageDataConverter.wrap(
        Objects.requireNonNullElseGet(converter, GlobalDataConverter::get),
        storage.pipeline(),
        settings);
  }

  /** Builds an {@link ExternalStoragePlugin}. Not thread-safe. */
  public static final class Builder {

    private final ExternalStorage storage;
    private final ExternalStorageCodec.Builder codec;
    private @Nullable ExternalStorageRoute route;
    private StartupCheck startupCheck = StartupCheck.WARN;

    private Builder(ExternalStorage storage) {
      this.storage = requireNonNull(storage, "storage");
      codec = ExternalStorageCodec.newBuilder(storage);
    }

    /**
     * The route. Default: {@link ExternalStorageRoute#detect()}.
     *
     * @throws IllegalArgumentException if the SDK on the class path does not support it
     */
    public Builder setRoute(ExternalStorageRoute route) {
      if (route == ExternalStorageRoute.NATIVE
          && ExternalStorageRoute.detect() != ExternalStorageRoute.NATIVE) {
        throw new IllegalArgumentException(
            "The route NATIVE needs Temporal SDK 1.39 or later; leave the route unset to use what"
                + " the SDK supports");
      }
      this.route = requireNonNull(route, "route");
      return this;
    }

    /**
     * The longest time that a data converter waits for the storage, see {@link
     * ExternalStorageCodec.Builder#setMaxWait}. Positive. Default: 1 minute.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setMaxWait(Duration limit) {
      codec.setMaxWait(limit);
      return this;
    }

    /**
     * What happens at the start of workers if payloads can't be stored and retrieved. Drivers that
     * store are checked as {@link ExternalStorage#checkAccess} does; drivers that only retrieve,
     * and all drivers while storing is off, as {@link ExternalStorage#checkReadAccess} does. A
     * storage is checked once, however many workers use it. Default: {@link StartupCheck#WARN}.
     */
    public Builder setStartupCheck(StartupCheck check) {
      startupCheck = requireNonNull(check, "check");
      return this;
    }

    /** Builds the plugin. */
    public ExternalStoragePlugin build() {
      return new ExternalStoragePlugin(this);
    }
  }
}
