package io.github.externalstorage;

import io.temporal.client.WorkflowClientOptions;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An {@link ExternalStorage} in the terms of the SDK's native one. Loaded only where the SDK has
 * it.
 */
final class NativeRoute {

  /**
   * References that the SDK resolves at once. Its default of 3 makes a history of 30 references ten
   * round trips long.
   */
  private static final int MAX_CONCURRENT_PAYLOAD_VISITS = 100;

  private NativeRoute() {}

  static void configure(WorkflowClientOptions.Builder options, ExternalStorage storage) {
    io.temporal.payload.storage.ExternalStorage existing = options.build().getExternalStorage();
    if (existing == null) {
      options.setExternalStorage(toNative(storage));
    } else if (!isOver(existing, storage)) {
      throw new IllegalStateException(
          "The client's options already have another external storage; register its drivers with"
              + " the ExternalStorage of the plugin instead (NativeStorageDrivers.fromNative)");
    }
  }

  private static boolean isOver(
      io.temporal.payload.storage.ExternalStorage existing, ExternalStorage storage) {
    return existing.getDrivers().stream()
        .allMatch(
            driver ->
                driver instanceof NativeStorageDriver ours
                    && storage.drivers().byName().values().stream()
                        .anyMatch(registered -> registered.layered() == ours.driver()));
  }

  private static io.temporal.payload.storage.ExternalStorage toNative(ExternalStorage storage) {
    Map<String, NativeStorageDriver> drivers =
        storage.drivers().byName().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> new NativeStorageDriver(entry.getKey(), entry.getValue().layered())));
    return io.temporal.payload.storage.ExternalStorage.newBuilder()
        .setDrivers(java.util.List.copyOf(drivers.values()))
        .setDriverSelector(
            (context, payload) ->
                storage
                    .select(NativeContexts.of(context), payload)
                    .map(registered -> drivers.get(registered.name()))
                    .orElse(null))
        .setPayloadSizeThreshold(storage.getPayloadSizeThreshold())
        .setMaxConcurrentPayloadVisits(MAX_CONCURRENT_PAYLOAD_VISITS)
        .build();
  }
}
