package io.github.externalstorage.interop;

import java.util.EnumMap;
import java.util.Map;

/** A batch of each kind of worker, processed once for all tests that only look at it. */
final class ProcessedBatches {

  private final Servers servers;
  private final Map<Sdk, ProcessedBatch> batches = new EnumMap<>(Sdk.class);

  ProcessedBatches(Servers servers) {
    this.servers = servers;
  }

  synchronized ProcessedBatch by(Sdk worker) throws Exception {
    ProcessedBatch known = batches.get(worker);
    if (known != null) {
      return known;
    }
    try (Stage stage = new Stage(servers)) {
      ProcessedBatch batch = ProcessedBatch.by(worker, stage);
      batches.put(worker, batch);
      return batch;
    }
  }
}
