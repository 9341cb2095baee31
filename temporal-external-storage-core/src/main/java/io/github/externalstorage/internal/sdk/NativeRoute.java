package io.github.externalstorage.internal.sdk;

import io.github.externalstorage.internal.pipeline.StoragePipeline;
import io.temporal.client.WorkflowClientOptions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Configures the SDK's native external storage. Loaded only where the SDK has it. */
public final class NativeRoute {

  /**
   * References that the SDK resolves at once. Its default of 3 makes a history of 30 references ten
   * round trips long.
   */
  private static final int MAX_CONCURRENT_PAYLOAD_VISITS = 100;

  private NativeRoute() {}

  /**
   * Adds the storage to a client's options. A second call only changes whether it stores.
   *
   * @param storing whether the SDK stores, or only resolves references, as it has to where a codec
   *     stores: without native storage it rejects them
   */
  public static void configure(
      WorkflowClientOptions.Builder options, StoragePipeline pipeline, boolean storing) {
    io.temporal.payload.storage.ExternalStorage existing = options.build().getExternalStorage();
    if (existing != null && !usesDriversOf(existing, pipeline)) {
      throw new IllegalStateException(
          "The client's options already have another external storage; register its drivers with"
              + " the ExternalStorage of the plugin instead (NativeStorageDrivers.fromNative)");
    }
    // Set again if it already was: the data converter follows the last route, and so must this.
    options.setExternalStorage(toNative(pipeline, options.build().getNamespace(), storing));
  }

  private static boolean usesDriversOf(
      io.temporal.payload.storage.ExternalStorage existing, StoragePipeline pipeline) {
    return existing.getDrivers().stream()
        .allMatch(
            driver ->
                driver instanceof NativeStorageDriver ours
                    && pipeline.drivers().byName().values().stream()
                        .anyMatch(registered -> registered.layered() == ours.driver()));
  }

  private static io.temporal.payload.storage.ExternalStorage toNative(
      StoragePipeline pipeline, @Nullable String namespace, boolean storing) {
    Map<String, NativeStorageDriver> drivers =
        pipeline.drivers().byName().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry ->
                        new NativeStorageDriver(
                            entry.getKey(),
                            entry.getValue().layered(),
                            namespace,
                            pipeline.slowCalls())));
    return io.temporal.payload.storage.ExternalStorage.newBuilder()
        .setDrivers(List.copyOf(drivers.values()))
        .setDriverSelector(
            (context, payload) ->
                !storing
                    ? null
                    : pipeline
                        .select(NativeContexts.of(context), payload)
                        .map(registered -> drivers.get(registered.name()))
                        .orElse(null))
        .setPayloadSizeThreshold(pipeline.payloadSizeThreshold())
        .setMaxConcurrentPayloadVisits(MAX_CONCURRENT_PAYLOAD_VISITS)
        .build();
  }
}
